/** The running city in figures, for Prometheus. */
import type { AlertIndex } from "../projections/alert-index.ts";
import type { Balance } from "./answers.ts";
import type { MetricFamily } from "./city-port.ts";

export function liveMetrics(parts: {
  readonly balance: Balance;
  readonly alerts: AlertIndex;
  readonly logNext: number;
  readonly logDurable: number;
  readonly devices: { readonly known: number; readonly online: number };
  readonly lagMs: number;
  readonly ruleFaults: number;
  readonly droppedLate: number;
}): MetricFamily[] {
  const { balance, alerts, logNext, logDurable, devices, lagMs, ruleFaults, droppedLate } = parts;
  const events = (["accepted", "duplicates", "rejected", "processed", "late", "quarantined"] as const).map(
    (fate) => ({ labels: { fate }, value: balance[fate] }),
  );
  const firing = [...alerts.firing()].sort().map(([key, value]) => {
    const [code = "", level = ""] = key.split(" ");
    return { labels: { code, level }, value };
  });
  const gauge = (name: string, help: string, value: number): MetricFamily => ({
    name,
    help,
    type: "gauge",
    samples: [{ value }],
  });
  const counter = (name: string, help: string, value: number): MetricFamily => ({
    name,
    help,
    type: "counter",
    samples: [{ value }],
  });
  return [
    {
      name: "warmcity_events_total",
      help: "Events and column entries by fate.",
      type: "counter",
      samples: events,
    },
    { name: "warmcity_alerts_firing", help: "Open alerts.", type: "gauge", samples: firing },
    gauge("warmcity_log_next_position", "Position that the next record gets.", logNext),
    gauge("warmcity_log_durable_position", "Everything below is durable.", logDurable),
    gauge("warmcity_devices_known", "Devices heard at least once, of open units.", devices.known),
    gauge("warmcity_devices_online", "Of those, online now.", devices.online),
    counter("warmcity_rule_faults_total", "Rules that threw, contained, since the start.", ruleFaults),
    counter("warmcity_late_dropped_total", "Late values too many to be judged.", droppedLate),
    gauge("warmcity_fold_lag_ms", "How far the fold's clock is behind the city's.", lagMs),
  ];
}
