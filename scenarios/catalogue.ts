/** Every scenario, one line each, the quiet one first. */
import { quietTuesday } from "./quiet-tuesday.ts";
import { fridgeFails } from "./sc01-fridge-fails.ts";
import { powerCut } from "./sc02-power-cut.ts";
import { recall } from "./sc03-recall.ts";
import { ratSeen } from "./sc04-rat.ts";
import { cameraCovered } from "./sc05-camera-covered.ts";
import { offlineStorm } from "./sc06-offline-storm.ts";
import { sealBreaches } from "./sc07-seal-breaches.ts";
import { illness } from "./sc08-illness.ts";
import { fakeSensor } from "./sc09-fake-sensor.ts";
import { skewedGateway } from "./sc10-skewed-gateway.ts";
import { floods } from "./sc11-flood.ts";
import { backDated } from "./sc12-back-dated.ts";
import { licencesExpire } from "./sc13-licence.ts";
import { banquetOf600 } from "./sc14-banquet.ts";
import { festival } from "./sc15-festival.ts";
import { gasLeak } from "./sc16-gas-leak.ts";
import { hotHolding } from "./sc17-hot-holding.ts";
import { dishwasher } from "./sc18-dishwasher.ts";
import { certificatesEnd } from "./sc19-health-certificates.ts";
import { hatsAgain } from "./sc20-hats.ts";
import { reviewBomb } from "./sc21-review-bomb.ts";
import { springFestival } from "./sc22-spring-festival.ts";
import { sandstorm } from "./sc23-sandstorm.ts";
import type { Scenario } from "./scenario.ts";

export const SCENARIOS: readonly Scenario[] = [
  quietTuesday,
  fridgeFails,
  powerCut,
  recall,
  ratSeen,
  cameraCovered,
  offlineStorm,
  sealBreaches,
  illness,
  fakeSensor,
  skewedGateway,
  floods,
  backDated,
  licencesExpire,
  banquetOf600,
  festival,
  gasLeak,
  hotHolding,
  dishwasher,
  certificatesEnd,
  hatsAgain,
  reviewBomb,
  springFestival,
  sandstorm,
];
