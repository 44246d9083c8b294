/** Every process. To add one: its file in this folder, one line here. The order is part of a run: append, never sort. */

import { cameraHits, cameraViews } from "../mishaps/camera-mishaps.ts";
import { coldMishaps } from "../mishaps/cold-mishaps.ts";
import { briefOffs, lineMishaps, longOffs } from "../mishaps/device-mishaps.ts";
import { gasMishaps } from "../mishaps/gas-mishaps.ts";
import { kitchenMishaps } from "../mishaps/kitchen-mishaps.ts";
import { publicMishaps } from "../mishaps/public-mishaps.ts";
import type { Process } from "../process.ts";
import { caterers } from "./caterers.ts";
import { coldDoors } from "./cold-doors.ts";
import { complaints } from "./complaints.ts";
import { cooking } from "./cooking.ts";
import { delivery } from "./delivery.ts";
import { duties } from "./duties.ts";
import { goods } from "./goods.ts";
import { listings } from "./listings.ts";
import { mealsOfCanteens } from "./meals-of-canteens.ts";
import { probes } from "./probes.ts";
import { publicLife } from "./public-life.ts";
import { renewals } from "./renewals.ts";
import { rteRoom } from "./rte-room.ts";
import { selfChecks } from "./self-checks.ts";
import { staff } from "./staff.ts";
import { streets } from "./streets.ts";
import { trading } from "./trading.ts";
import { training } from "./training.ts";
import { wareWashing } from "./ware-washing.ts";

export const processes: readonly Process[] = [
  trading,
  cooking,
  staff,
  selfChecks,
  wareWashing,
  rteRoom,
  coldDoors,
  goods,
  mealsOfCanteens,
  delivery,
  probes,
  publicLife,
  caterers,
  streets,
  renewals,
  coldMishaps,
  gasMishaps,
  kitchenMishaps,
  briefOffs,
  longOffs,
  lineMishaps,
  cameraHits,
  cameraViews,
  complaints,
  duties,
  training,
  listings,
  publicMishaps,
];
