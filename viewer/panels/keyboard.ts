/**
 * Keys of the page. Listened to directly: Qwik loads a handler at its first use, too late to keep a "/" out of the box
 * that it opens.
 */
export type KeyActions = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** `actions` by `event.key` in lower case. Returns what ends the listening. */
export function listenToKeys(actions: KeyActions): () => void {
  const listen = (event: KeyboardEvent) => {
    const typing =
      event.target instanceof HTMLInputElement ||
      event.target instanceof HTMLTextAreaElement ||
      event.target instanceof HTMLSelectElement;
    if (event.ctrlKey || event.metaKey || event.altKey || (typing && event.key !== "Escape")) return;
    const key = event.key.toLowerCase();
    if (Object.hasOwn(actions, key)) actions[key]!(event);
  };
  window.addEventListener("keydown", listen);
  return () => window.removeEventListener("keydown", listen);
}
