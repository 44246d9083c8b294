/** The frame of a page's help: a dialog that `page.help` opens, with what is put into it. */
import { component$, Slot, useContext, useSignal, useTask$ } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { PageContext } from "../page-state.ts";
import { Icon } from "./icon.tsx";

/** `titleId`: of the heading in it, which names the dialog. */
export const HelpFrame = component$<{ titleId: string }>(({ titleId }) => {
  const page = useContext(PageContext);
  const dialog = useSignal<HTMLDialogElement>();
  useTask$(({ track }) => {
    const open = track(() => page.help);
    if (open && dialog.value?.open === false) dialog.value.showModal();
    if (!open && dialog.value?.open) dialog.value.close();
  });
  return (
    <dialog
      ref={dialog}
      class="dialog panel help"
      aria-labelledby={titleId}
      onClose$={() => {
        page.help = false;
      }}
    >
      <button
        type="button"
        class="close"
        aria-label={DICTIONARIES[page.lang].close}
        onClick$={() => {
          page.help = false;
        }}
      >
        <Icon name="close" />
      </button>
      <Slot />
    </dialog>
  );
});
