/** One open alert with its explanation: since when, about what, by which rule and law, and the events that made it fire. */
import { component$, useContext } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { LEVEL_WORDS, quantity } from "../i18n/enum-labels.ts";
import { assetText, causeText, shortId } from "../i18n/evidence-words.ts";
import { legalText } from "../i18n/law-names.ts";
import { elapsed, momentText } from "../i18n/wall-time.ts";
import type { Alert, CaseView, DeviceNow } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";
import { CaseDesk } from "./case-desk.tsx";
import { Glyph } from "./glyph.tsx";

interface Props {
  readonly alert: Alert;
  readonly work: CaseView | undefined;
  /** Those of the alert's kitchen. */
  readonly devices: readonly DeviceNow[];
}

/** Of many causes the first and the newest say most. */
const CAUSES_SHOWN = 5;

export const AlertCard = component$<Props>(({ alert, work, devices }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const now = page.picture?.time ?? Number.NaN;
  const about = assetText(alert, devices, page.lang);
  const [code = alert.code, version = "1"] = alert.rule.split("@");
  return (
    <article class={`alert-card state-${alert.level}`}>
      <h4>
        <Glyph state={alert.level} />
        {alert.title[page.lang]}
        {alert.value !== null && <b>{quantity(alert.value, page.lang)}</b>}
        <span class="level">
          {alert.level} {LEVEL_WORDS[alert.level][page.lang]}
        </span>
      </h4>
      <p class="when">
        {t.since} {momentText(alert.raisedAt, now)} · {elapsed(alert.raisedAt, now, page.lang)}
        {alert.lead && <span class="tag">{t.lead}</span>}
        {alert.exercise && <span class="tag">{t.exercise}</span>}
      </p>
      <Because alert={alert} devices={devices} />
      <dl class="law">
        {about !== "" && (
          <>
            <dt>{t.about}</dt>
            <dd>{about}</dd>
          </>
        )}
        <dt>{t.rule}</dt>
        <dd>{t.ruleVersion(code, version)}</dd>
        <dt>{t.policy}</dt>
        <dd>{alert.policy}</dd>
        <dt>{t.legalBasis}</dt>
        <dd>
          {alert.legalBasis
            .map((basis) => legalText(basis, page.lang))
            .join(page.lang === "zh" ? "；" : "; ")}
        </dd>
      </dl>
      {work !== undefined && <CaseDesk key={work.case} work={work} />}
    </article>
  );
});

const Because = component$<Pick<Props, "alert" | "devices">>(({ alert, devices }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const now = page.picture?.time ?? Number.NaN;
  const { because } = alert;
  if (because.length === 0) return null;
  const shown =
    because.length <= CAUSES_SHOWN ? because : [...because.slice(0, 2), ...because.slice(2 - CAUSES_SHOWN)];
  return (
    <ul class="because" aria-label={t.because}>
      {shown.map((cause) => {
        const device = devices.find(({ id }) => cause.source === `/devices/${id}`);
        return (
          <li key={`${cause.source} ${cause.id}`}>
            <time>{momentText(cause.time, now)}</time>
            <span>
              {causeText(cause, page.lang)}
              {device !== undefined && device.id !== alert.asset && (
                <small class="of-device">{shortId(device.id)}</small>
              )}
            </span>
          </li>
        );
      })}
      {shown.length < because.length && <li class="more">{t.moreCauses(because.length - shown.length)}</li>}
    </ul>
  );
});
