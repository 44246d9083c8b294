/** Asks for a token: when the page is opened without one, when a session has ended, and to use another account. */
import { $, component$, type QRL, useContext, useSignal, useVisibleTask$ } from "@builder.io/qwik";
import { areaText } from "../i18n/case-words.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { roleName } from "../i18n/enum-labels.ts";
import { ApiError, signIn, signOut } from "../live/api.ts";
import type { Session } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";
import { Icon } from "./icon.tsx";

/** `onSignedIn$` opens the city where it is not open yet; an open one is loaded again, as somebody else sees it. */
export const SignInDialog = component$<{ onSignedIn$: QRL<() => void> }>(({ onSignedIn$ }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const wrong = useSignal("");
  const input = useSignal<HTMLInputElement>();
  useVisibleTask$(({ track }) => {
    if (track(() => page.signIn)) input.value?.focus();
  });
  const submit = $(async (_: Event, form: HTMLFormElement) => {
    const token = String(new FormData(form).get("token") ?? "").trim();
    try {
      await signIn(token);
      if (page.opened) return location.reload();
      page.signIn = false;
      onSignedIn$();
    } catch (error) {
      const known = error instanceof ApiError && (error.status === 401 || error.status === 400);
      wrong.value = known
        ? t.signInWrong
        : `${t.signInFailed}${error instanceof Error ? error.message : error}`;
    }
  });
  if (!page.signIn) return null;
  const isChoice = page.who !== null && !page.sessionEnded;
  return (
    <div class="veil">
      <form
        class="dialog panel"
        role="dialog"
        aria-modal="true"
        aria-labelledby="sign-in"
        preventdefault:submit
        onSubmit$={submit}
      >
        {isChoice && <CloseButton />}
        <h2 id="sign-in">{isChoice ? t.account : t.signIn}</h2>
        {isChoice && page.who !== null && <Who who={page.who} />}
        {isChoice && <h3>{t.otherAccount}</h3>}
        <p>{page.sessionEnded ? t.sessionEnded : t.signInText}</p>
        <label>
          {t.token}
          <input name="token" type="password" autocomplete="current-password" required ref={input} />
        </label>
        {wrong.value !== "" && (
          <p class="wrong" role="alert">
            {wrong.value}
          </p>
        )}
        <button type="submit" class="main">
          {t.signIn}
        </button>
      </form>
    </div>
  );
});

const CloseButton = component$(() => {
  const page = useContext(PageContext);
  return (
    <button
      type="button"
      class="close"
      aria-label={DICTIONARIES[page.lang].close}
      onClick$={() => {
        page.signIn = false;
      }}
    >
      <Icon name="close" />
    </button>
  );
});

const Who = component$<{ who: Session }>(({ who }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const leave = $(async () => {
    await signOut();
    location.reload();
  });
  return (
    <dl class="who">
      <dt>{t.account}</dt>
      <dd class="mono">{who.id}</dd>
      <dt>{t.role}</dt>
      <dd>{roleName(who.role, page.lang)}</dd>
      <dt>{t.area}</dt>
      <dd>{areaText(who.area, page.lang)}</dd>
      <dd class="leave">
        <button type="button" class="link" onClick$={leave}>
          {t.signOut}
        </button>
      </dd>
    </dl>
  );
});
