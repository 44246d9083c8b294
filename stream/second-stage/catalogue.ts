/** Every rule that spans kitchens (DOMAIN §5.2): one import and one line each. */
import { illnessClusters } from "./c02-illness.ts";
import type { CityRule } from "./city-rule.ts";
import { recallHits } from "./d08-recall.ts";
import { onlineRate } from "./o02-online-rate.ts";
import { areaOutage } from "./o06-area-outage.ts";
import { slowVideo } from "./o07-slow-video.ts";
import { sealBreaches } from "./w01-seal-breach.ts";
import { onlineMismatches } from "./w02-online-mismatch.ts";

export const CITY_RULES: readonly CityRule[] = [
  recallHits,
  sealBreaches,
  onlineMismatches,
  illnessClusters,
  onlineRate,
  areaOutage,
  slowVideo,
];
