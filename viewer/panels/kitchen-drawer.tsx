/** One kitchen: who it is, how it stands, what is wrong and why, and what its devices say. */
import { $, component$, useContext, useSignal, useTask$ } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import {
  bannerName,
  deviceName,
  officeName,
  quantity,
  REGION_LABELS,
  regionGravity,
  regionState,
  STATE_LABELS,
  TYPE_LABELS,
  zoneName,
} from "../i18n/enum-labels.ts";
import { ApiError, getKitchen } from "../live/api.ts";
import { isMapState } from "../live/city-session.ts";
import type { DeviceNow, KitchenDetail } from "../live/wire-types.ts";
import { PageContext, SessionContext } from "../page-state.ts";
import { AlertCard } from "./alert-card.tsx";
import type { Limit } from "./curve-drawing.ts";
import { Glyph } from "./glyph.tsx";
import { Icon } from "./icon.tsx";
import { TemperatureCurve } from "./temperature-curve.tsx";

const REFRESH_MS = 5_000;

export const KitchenDrawer = component$(() => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  const kitchen = useSignal<KitchenDetail | null>(null);
  const failure = useSignal<string | null>(null);

  const read = $(async (id: string) => {
    try {
      const detail = await getKitchen(id);
      if (page.selected === id) kitchen.value = detail;
      failure.value = null;
    } catch (error) {
      failure.value = error instanceof ApiError ? error.message : String(error);
    }
  });

  useTask$(({ track, cleanup }) => {
    const id = track(() => page.selected);
    if (typeof window === "undefined") return;
    const index = id === null ? -1 : (session.value?.city.indexOf(id) ?? -1);
    session.value?.globe?.select(index);
    if (id === null) return;
    if (kitchen.value?.id !== id) kitchen.value = null;
    read(id);
    const timer = setInterval(() => read(id), REFRESH_MS);
    cleanup(() => clearInterval(timer));
  });

  const close = $(() => {
    page.selected = null;
  });
  if (page.selected === null) return null;
  const detail = kitchen.value;
  return (
    <aside class="drawer panel" aria-label={t.kitchenPanel}>
      <button type="button" class="close" aria-label={t.close} onClick$={close}>
        <Icon name="close" />
      </button>
      {detail === null ? (
        <p class="empty">
          {failure.value === null ? t.loadingKitchen : `${t.kitchenFailed} (${failure.value})`}
          {failure.value !== null && (
            <button type="button" onClick$={() => read(page.selected ?? "")}>
              {t.retry}
            </button>
          )}
        </p>
      ) : (
        <div class="scroll">
          <Identity kitchen={detail} />
          <Regions kitchen={detail} />
          <section>
            <h3>{detail.alerts.length > 0 ? t.openHere(detail.alerts.length) : t.noneHere}</h3>
            {detail.alerts.map((alert) => (
              <AlertCard
                key={alert.alert}
                alert={alert}
                work={detail.cases.find(({ alerts }) => alerts.includes(alert.alert))}
              />
            ))}
          </section>
          <Curves kitchen={detail} />
          <Devices devices={detail.devices} />
        </div>
      )}
    </aside>
  );
});

const Identity = component$<{ kitchen: KitchenDetail }>(({ kitchen }) => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  const index = session.value?.city.indexOf(kitchen.id) ?? -1;
  const state = session.value?.city.stateOf(index) ?? (isMapState(kitchen.state) ? kitchen.state : "never");
  return (
    <header>
      <p class={`badge state-${state}`}>
        <Glyph state={state} />
        {STATE_LABELS[state][page.lang]}
      </p>
      <h2>{kitchen.name}</h2>
      <p class="sub">
        {TYPE_LABELS[kitchen.type][page.lang]} · {bannerName(kitchen.banner, page.lang)}
        <button type="button" class="link" onClick$={() => session.value?.globe?.flyToKitchen(index)}>
          <Icon name="pin" />
          {t.flyTo}
        </button>
      </p>
      <dl>
        <dt>{t.address}</dt>
        <dd>{kitchen.address ?? t.none}</dd>
        <dt>{t.code}</dt>
        <dd class="mono">
          {kitchen.code} · {kitchen.id}
        </dd>
        <dt>{t.office}</dt>
        <dd>{officeName(kitchen.office, page.lang)}</dd>
        <dt>{t.licence}</dt>
        <dd class="mono">
          {kitchen.licence.number ?? t.none} · {t.validTo} {kitchen.licence.validTo}
        </dd>
        <dt>{t.opens}</dt>
        <dd class="mono">
          {kitchen.opens.map(([from, to]) => `${from}–${to}`).join("  ") || t.none}
          {kitchen.capacity !== null && ` · ${t.capacity} ${kitchen.capacity}`}
        </dd>
      </dl>
    </header>
  );
});

const Regions = component$<{ kitchen: KitchenDetail }>(({ kitchen }) => {
  const page = useContext(PageContext);
  return (
    <ul class="regions">
      {Object.entries(REGION_LABELS).map(([region, label]) => {
        const state = kitchen.regions[region];
        return (
          state !== undefined && (
            <li key={region} class={regionGravity(state)}>
              <small>{label[page.lang]}</small>
              {region === "colour" && <i class={`index-${state}`} aria-hidden="true" />}
              {regionState(state, page.lang)}
            </li>
          )
        );
      })}
    </ul>
  );
});

/** The legal limit of a temperature, °C, and whether it must stay below or above it (DOMAIN §5.2 T01–T03). */
const LIMITS: Readonly<Partial<Record<DeviceNow["kind"], Limit>>> = {
  "fridge-temperature": { celsius: 8, keep: "below" },
  "sample-fridge-temperature": { celsius: 8, keep: "below" },
  "freezer-temperature": { celsius: -12, keep: "below" },
  "hot-holding-temperature": { celsius: 60, keep: "above" },
};

/** Fridges first, those with an alert before all. */
const Curves = component$<{ kitchen: KitchenDetail }>(({ kitchen }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const wrong = new Set(kitchen.alerts.map(({ asset }) => asset));
  const thermal = kitchen.devices
    .filter(
      ({ kind, value }) => kind.endsWith("-temperature") && kind !== "probe-temperature" && value !== null,
    )
    .sort((a, b) => Number(wrong.has(b.id)) - Number(wrong.has(a.id)))
    .slice(0, 6);
  if (thermal.length === 0) return null;
  return (
    <section>
      <h3>{t.curves}</h3>
      {thermal.map((device) => (
        <TemperatureCurve
          key={device.id}
          kitchen={kitchen.id}
          device={device}
          limit={LIMITS[device.kind] ?? null}
          wrong={wrong.has(device.id)}
        />
      ))}
    </section>
  );
});

const Devices = component$<{ devices: readonly DeviceNow[] }>(({ devices }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const cameras = devices.filter(({ kind }) => kind === "camera");
  const others = devices.filter(({ kind }) => kind !== "camera" && !kind.endsWith("-temperature"));
  const online = (list: readonly DeviceNow[]) => list.filter((device) => device.online).length;
  return (
    <section>
      <h3>{t.devices(online(devices), devices.length)}</h3>
      {cameras.length > 0 && (
        <>
          <h4 class="minor">{t.cameras(online(cameras), cameras.length)}</h4>
          <ul class="cameras">
            {cameras.map(({ id, zone, online: on }) => (
              <li key={id} class={on ? "" : "off"}>
                <Icon name="camera" />
                {zone === null ? id.split("/")[1] : zoneName(zone, page.lang)}
                <small>{on ? t.online : t.offlineDevice}</small>
              </li>
            ))}
          </ul>
        </>
      )}
      {others.length > 0 && (
        <table class="devices">
          <caption class="sr">{t.otherDevices}</caption>
          <tbody>
            {others.map(({ id, kind, zone, online: on, value, at }) => (
              <tr key={id} class={on ? "" : "off"}>
                <th scope="row">{deviceName(kind, page.lang)}</th>
                <td>{zone === null ? "" : zoneName(zone, page.lang)}</td>
                <td class="value">{value === null ? t.none : quantity(value, page.lang)}</td>
                <td class="when">{on ? t.online : at === null ? t.never : t.offlineDevice}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
});
