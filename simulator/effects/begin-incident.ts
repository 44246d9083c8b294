/** Plans what an incident does. One line for each kind; the compiler finds the missing one. */
import type { Incident } from "../incidents.ts";
import type { World } from "../world.ts";
import { detect, spoilView } from "./camera-effects.ts";
import { beginConnection } from "./connection-effects.ts";
import {
  breakSeals,
  close,
  moveGoods,
  neglect,
  recall,
  reportIllness,
  say,
  trade,
  washExactly,
} from "./kitchen-effects.ts";
import { beginPublic } from "./public-effects.ts";
import { failCold, releaseGas, showProfile, triggerInfrared } from "./sensor-effects.ts";

/** Throws a RangeError if the incident names a kitchen or device that the city has not. */
export function beginIncident(world: World, incident: Incident): void {
  switch (incident.kind) {
    case "cold-failure":
      failCold(world, incident);
      break;
    case "sensor-profile":
      showProfile(world, incident);
      break;
    case "gas-release":
      releaseGas(world, incident);
      break;
    case "infrared":
      triggerInfrared(world, incident);
      break;
    case "camera-view":
      spoilView(world, incident);
      break;
    case "camera-hits":
      detect(world, incident);
      break;
    case "device-off":
    case "gateway-cut":
    case "area-cut":
    case "link-flaps":
    case "clock-skew":
      beginConnection(world, incident);
      break;
    case "dish-cycles":
      washExactly(world, incident);
      break;
    case "neglect":
      neglect(world, incident);
      break;
    case "trading":
      trade(world, incident);
      break;
    case "closing":
      close(world, incident);
      break;
    case "goods":
      moveGoods(world, incident);
      break;
    case "recall":
      recall(world, incident);
      break;
    case "illness":
      reportIllness(world, incident);
      break;
    case "seal-breaches":
      breakSeals(world, incident);
      break;
    case "platform-listing":
    case "review-storm":
    case "banquet":
    case "route":
      beginPublic(world, incident);
      break;
    case "message":
      say(world, incident);
      break;
    default:
      unknownIncident(incident);
  }
}

function unknownIncident(incident: never): never {
  throw new RangeError(`Cannot plan an incident of unknown kind: ${JSON.stringify(incident)}`);
}
