/**
 * Every rule of one kitchen (DOMAIN §5.2): one import and one line each; what spans kitchens is in `second-stage/`.
 * To add a rule, write its file, then its line here.
 */
import { banquet } from "./b01-banquet.ts";
import { mobileUnit } from "./b02-mobile-unit.ts";
import { complaintClock } from "./c01-complaint-clock.ts";
import { illnessCluster } from "./c02-illness.ts";
import { ratingSurge } from "./c03-rating-surge.ts";
import { licenceExpiry } from "./d01-licence-expiry.ts";
import { healthCertificate } from "./d02-health-certificate.ts";
import { sickAtWork } from "./d03-sick-at-work.ts";
import { selfCheckMissing } from "./d04-self-check-missing.ts";
import { falseSelfCheck } from "./d05-false-self-check.ts";
import { trainingOverdue } from "./d06-training-overdue.ts";
import { supplierPapers } from "./d07-supplier-papers.ts";
import { recalledLot } from "./d08-recall.ts";
import { expiredFood } from "./d09-expired-food.ts";
import { failedTest } from "./d10-failed-test.ts";
import { deviceOffline } from "./o01-device-offline.ts";
import { cameraTamper } from "./o03-camera-tamper.ts";
import { fakeReadings } from "./o04-fake-readings.ts";
import { clockSkew } from "./o05-clock-skew.ts";
import { clothing } from "./p01-clothing.ts";
import { smoking } from "./p02-smoking.ts";
import { phone } from "./p03-phone.ts";
import { crossContamination } from "./p04-cross-contamination.ts";
import { strangerOrPet } from "./p05-stranger-pet.ts";
import { hygiene } from "./p06-hygiene.ts";
import { rodent } from "./p07-rodent.ts";
import { insects } from "./p08-insects.ts";
import { unattendedFire } from "./p09-unattended-fire.ts";
import type { Rule } from "./rule.ts";
import { overdueFix } from "./s01-overdue-fix.ts";
import { dutyOverdue } from "./s02-duty-overdue.ts";
import { fridgeHigh } from "./t01-fridge-high.ts";
import { freezerHigh } from "./t02-freezer-high.ts";
import { hotChain } from "./t03-hot-chain.ts";
import { rteRoomHot } from "./t04-rte-room-hot.ts";
import { uvMissing } from "./t05-uv-missing.ts";
import { wareWashing } from "./t06-ware-washing.ts";
import { sampleMissing } from "./t07-sample-missing.ts";
import { fryingOil } from "./t08-frying-oil.ts";
import { gasLeak } from "./t09-gas-leak.ts";
import { fumeOrHumidity } from "./t10-fume-humidity.ts";
import { sealBreach } from "./w01-seal-breach.ts";
import { onlineMismatch } from "./w02-online-mismatch.ts";

export const RULES: readonly Rule[] = [
  fridgeHigh,
  freezerHigh,
  hotChain,
  rteRoomHot,
  uvMissing,
  wareWashing,
  sampleMissing,
  fryingOil,
  gasLeak,
  fumeOrHumidity,
  clothing,
  smoking,
  phone,
  crossContamination,
  strangerOrPet,
  hygiene,
  rodent,
  insects,
  unattendedFire,
  licenceExpiry,
  healthCertificate,
  sickAtWork,
  selfCheckMissing,
  falseSelfCheck,
  trainingOverdue,
  supplierPapers,
  recalledLot,
  expiredFood,
  failedTest,
  complaintClock,
  overdueFix,
  dutyOverdue,
  sealBreach,
  onlineMismatch,
  illnessCluster,
  ratingSurge,
  banquet,
  mobileUnit,
  deviceOffline,
  cameraTamper,
  fakeReadings,
  clockSkew,
];
