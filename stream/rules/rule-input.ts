/** What rules, and the facts before them, fold one at a time: an event, or a finding of detectors or of the second stage. */
import type { CityEvent } from "../../twin/events/event.ts";
import type { Finding } from "../detectors/finding.ts";

export type RuleInput = { readonly kind: "event"; readonly event: CityEvent } | Finding;
