/** A day of one device: mean as a line, minimum to maximum as a band, the legal limit as a mark. */
import { component$, useContext, useSignal, useTask$ } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { deviceName, quantity, zoneName } from "../i18n/enum-labels.ts";
import { ago, shortTime } from "../i18n/wall-time.ts";
import { getHistory } from "../live/api.ts";
import type { DeviceNow, DeviceSeries } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";
import { type CurveDrawing, drawCurve, type Limit } from "./curve-drawing.ts";

const SPAN_MS = 24 * 3_600_000;
/** A young history fills the width, if it is as long as this. */
const SHORTEST_MS = 3 * 3_600_000;
const STEP_MS = 10 * 60_000;
const SIZE = { width: 372, height: 64 };

interface Props {
  readonly kitchen: string;
  readonly device: DeviceNow;
  /** `null` = no rule. */
  readonly limit: Limit | null;
  readonly wrong: boolean;
}

export const DeviceCurve = component$<Props>(({ kitchen, device, limit, wrong }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const history = useSignal<DeviceSeries | null>(null);
  const until = useSignal(0);

  useTask$(async ({ track }) => {
    const id = track(() => device.id);
    if (typeof window === "undefined") return;
    const now = page.picture?.time ?? Date.now();
    until.value = now;
    try {
      const { series } = await getHistory(kitchen, {
        device: id,
        from: now - SPAN_MS,
        to: now,
        stepMs: STEP_MS,
      });
      history.value = series[0] ?? { device: id, unit: null, points: [] };
    } catch (error) {
      console.warn(`history of ${id} could not be read`, error);
      history.value = { device: id, unit: null, points: [] };
    }
  });

  const points = (history.value?.points ?? []).map(({ time, ...values }) => ({
    at: Date.parse(time),
    ...values,
  }));
  const begun = Math.min(points[0]?.at ?? until.value, until.value - SHORTEST_MS);
  const span = { from: Math.max(begun, until.value - SPAN_MS), to: until.value };
  const drawing = drawCurve(points, span, limit, SIZE);
  const zone = device.zone === null ? "" : zoneName(device.zone, page.lang);
  return (
    <figure class={`curve ${wrong ? "wrong" : ""}`}>
      <figcaption>
        <span>
          {deviceName(device.kind, page.lang)} <small>{zone}</small>
        </span>
        <span>
          {device.at !== null && (
            <small class={device.online ? "" : "off"}>
              {ago(device.at, page.picture?.time ?? Number.NaN, page.lang)}
            </small>
          )}
          <strong>{device.value === null ? t.none : quantity(device.value, page.lang)}</strong>
        </span>
      </figcaption>
      {drawing === null ? (
        <p class="empty">{history.value === null ? t.loadingKitchen : t.noCurve}</p>
      ) : (
        <CurvePicture
          drawing={drawing}
          limit={limit}
          label={`${deviceName(device.kind, page.lang)} ${t.curves}`}
        />
      )}
    </figure>
  );
});

interface PictureProps {
  readonly drawing: CurveDrawing;
  readonly limit: Limit | null;
  readonly label: string;
}

const CurvePicture = component$<PictureProps>(({ drawing, limit, label }) => {
  const page = useContext(PageContext);
  const { limitY } = drawing;
  return (
    <svg viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={label}>
      {drawing.hours.map(({ x, at }) => (
        <g key={at} class="hour">
          <line x1={x} x2={x} y1={0} y2={SIZE.height - 12} />
          <text x={x} y={SIZE.height - 2}>
            {shortTime(at)}
          </text>
        </g>
      ))}
      <path class="band" d={drawing.band} />
      <path class="mean" d={drawing.mean} />
      {drawing.over !== "" && <path class="over" d={drawing.over} />}
      {limit !== null && limitY !== null && (
        <g class="limit">
          <line x1={0} x2={SIZE.width} y1={limitY} y2={limitY} />
          <text x={0} y={limitY < 12 ? limitY + 10 : limitY - 3}>
            {DICTIONARIES[page.lang].limit(limit.celsius)}
          </text>
        </g>
      )}
    </svg>
  );
});
