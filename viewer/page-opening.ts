/** How a page that lives by a session begins, and what it does when the server does not know us any more. */
import { ApiError, SIGNED_OUT } from "./live/api.ts";
import type { CitySession } from "./live/city-session.ts";
import type { PageState } from "./page-state.ts";

const RETRY_MS = 3_000;

/** Theme and language as the address or the last visit had them: the document's head has read them. */
export function readLook(page: PageState): void {
  const { dataset, lang } = document.documentElement;
  page.theme = dataset.theme === "day" ? "day" : "night";
  page.lang = lang === "en" ? "en" : "zh";
}

/** Tries until the session stands, or somebody has to sign in first. */
export async function openUntilThere(
  page: PageState,
  open: () => Promise<Pick<CitySession, "who">>,
): Promise<void> {
  while (!page.opened) {
    try {
      const { who } = await open();
      Object.assign(page, { opened: true, failure: null, who });
    } catch (error) {
      page.signIn = error instanceof ApiError && error.status === 401;
      if (page.signIn) return;
      page.failure = error instanceof Error ? error.message : String(error);
      await new Promise((next) => setTimeout(next, RETRY_MS));
    }
  }
}

/** Asks for the sign-in when the session has ended. Returns how to stop listening. */
export function watchSignOut(page: PageState): () => void {
  const end = () => {
    if (page.opened) Object.assign(page, { signIn: true, sessionEnded: true });
  };
  window.addEventListener(SIGNED_OUT, end);
  return () => window.removeEventListener(SIGNED_OUT, end);
}
