import { $, component$, type QRL, useContext, useSignal, useVisibleTask$ } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { ApiError, signIn } from "../live/api.ts";
import { PageContext } from "../page-state.ts";

/** Asks for the token; `onSignedIn$` opens the city again. */
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
        <h2 id="sign-in">{t.signIn}</h2>
        <p>{t.signInText}</p>
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
