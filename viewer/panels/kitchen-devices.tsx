/** What a kitchen's devices say: curves of its temperatures, cameras, and the rest with how old their word is. */
import { component$, useContext, useSignal } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { deviceName, quantity, zoneName } from "../i18n/enum-labels.ts";
import { shortId } from "../i18n/evidence-words.ts";
import { ago } from "../i18n/wall-time.ts";
import type { DeviceNow, KitchenDetail } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";
import type { Limit } from "./curve-drawing.ts";
import { DeviceCurve } from "./device-curve.tsx";
import { Icon } from "./icon.tsx";

/** Curves that are drawn without being asked for. */
const CURVES_MAX = 6;

/** The legal limit of a temperature, °C, and whether it must stay below or above it (DOMAIN §5.2 T01–T03). */
export const LIMITS: Readonly<Partial<Record<DeviceNow["kind"], Limit>>> = {
  "fridge-temperature": { celsius: 8, keep: "below" },
  "sample-fridge-temperature": { celsius: 8, keep: "below" },
  "freezer-temperature": { celsius: -12, keep: "below" },
  "hot-holding-temperature": { celsius: 60, keep: "above" },
};

export const KitchenDevices = component$<{ kitchen: KitchenDetail }>(({ kitchen }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const wrong = new Set(kitchen.alerts.map(({ asset }) => asset));
  const thermal = kitchen.devices
    .filter(
      ({ kind, value }) => kind.endsWith("-temperature") && kind !== "probe-temperature" && value !== null,
    )
    .sort((a, b) => Number(wrong.has(b.id)) - Number(wrong.has(a.id)))
    .slice(0, CURVES_MAX);
  const cameras = kitchen.devices.filter(({ kind }) => kind === "camera");
  const others = kitchen.devices.filter((device) => device.kind !== "camera" && !thermal.includes(device));
  return (
    <>
      {thermal.length > 0 && (
        <section>
          <h3>{t.curves}</h3>
          {thermal.map((device) => (
            <DeviceCurve
              key={device.id}
              kitchen={kitchen.id}
              device={device}
              limit={LIMITS[device.kind] ?? null}
              wrong={wrong.has(device.id)}
            />
          ))}
        </section>
      )}
      <section>
        <h3>{t.devices(online(kitchen.devices), kitchen.devices.length)}</h3>
        {cameras.length > 0 && <Cameras cameras={cameras} />}
        {others.length > 0 && (
          <ul class="devices" aria-label={t.otherDevices}>
            {others.map((device) => (
              <DeviceLine key={device.id} kitchen={kitchen.id} device={device} wrong={wrong.has(device.id)} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
});

function online(devices: readonly DeviceNow[]): number {
  return devices.filter((device) => device.online).length;
}

const Cameras = component$<{ cameras: readonly DeviceNow[] }>(({ cameras }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  return (
    <>
      <h4 class="minor">{t.cameras(online(cameras), cameras.length)}</h4>
      <ul class="cameras">
        {cameras.map(({ id, zone, online: on }) => (
          <li key={id} class={on ? "" : "off"}>
            <Icon name="camera" />
            {zone === null ? shortId(id) : zoneName(zone, page.lang)}
            <small>{on ? t.online : t.offlineDevice}</small>
          </li>
        ))}
      </ul>
    </>
  );
});

interface LineProps {
  readonly kitchen: string;
  readonly device: DeviceNow;
  readonly wrong: boolean;
}

/** A device in a line; one that measures opens its curve. */
const DeviceLine = component$<LineProps>(({ kitchen, device, wrong }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const isOpen = useSignal(false);
  const { id, kind, zone, online: on, value, at } = device;
  const age = at === null ? null : ago(at, page.picture?.time ?? Number.NaN, page.lang);
  const heard = age === null ? t.never : on ? age : `${t.offlineDevice} · ${t.lastHeard(age)}`;
  const parts = (
    <>
      <span class="name">
        {deviceName(kind, page.lang)} <small>{zone === null ? shortId(id) : zoneName(zone, page.lang)}</small>
      </span>
      <span class="value">{value === null ? t.none : quantity(value, page.lang)}</span>
      <span class="when">{at === null && on ? t.online : heard}</span>
    </>
  );
  return (
    <li class={`${on ? "" : "off"} ${wrong ? "wrong" : ""}`}>
      {value === null ? (
        <div class="line">{parts}</div>
      ) : (
        <button
          type="button"
          class="line"
          title={t.showCurve}
          aria-expanded={isOpen.value}
          onClick$={() => {
            isOpen.value = !isOpen.value;
          }}
        >
          {parts}
        </button>
      )}
      {isOpen.value && (
        <DeviceCurve kitchen={kitchen} device={device} limit={LIMITS[kind] ?? null} wrong={wrong} />
      )}
    </li>
  );
});
