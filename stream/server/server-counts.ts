/** What the server counts of itself, for `/metrics`. */
import type { MetricFamily } from "./city-port.ts";

export class ServerCounts {
  /** Answers by the first digit of their status. */
  readonly answers = [0, 0, 0, 0, 0, 0];
  alertStreamsOpened = 0;
  /** Readers of the alert stream that were disconnected because they took nothing. */
  alertStreamsTooSlow = 0;
  /** Connections that were closed because they said nothing, or nothing that is HTTP. */
  brokenConnections = 0;
  /** Messages turned away because too many bytes were under way. */
  overloaded = 0;

  families(): MetricFamily[] {
    const counter = (name: string, help: string, value: number): MetricFamily => ({
      name: `warmcity_http_${name}_total`,
      help,
      type: "counter",
      samples: [{ value }],
    });
    return [
      {
        name: "warmcity_http_answers_total",
        help: "Answers by class of status.",
        type: "counter",
        samples: [1, 2, 3, 4, 5].map((digit) => ({
          labels: { class: `${digit}xx` },
          value: this.answers[digit]!,
        })),
      },
      counter("alert_streams", "Alert streams opened.", this.alertStreamsOpened),
      counter(
        "alert_streams_too_slow",
        "Alert streams closed because the reader took nothing.",
        this.alertStreamsTooSlow,
      ),
      counter(
        "broken_connections",
        "Connections that sent nothing in time, or no HTTP.",
        this.brokenConnections,
      ),
      counter("overloaded", "Messages turned away because too many bytes were under way.", this.overloaded),
    ];
  }
}

/** Metrics in the Prometheus text format 0.0.4. */
export function prometheusText(families: readonly MetricFamily[]): string {
  const lines = families.flatMap(({ name, help, type, samples }) => [
    `# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(({ labels, value }) => `${name}${labelText(labels ?? {})} ${value}`),
  ]);
  return `${lines.join("\n")}\n`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => {
    const escaped = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
    return `${name}="${escaped}"`;
  });
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}
