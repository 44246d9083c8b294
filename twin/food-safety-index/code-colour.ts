/** The colour of the 食安码 (DOMAIN §6.2): by the index, with a dead band, and at most one change a day but for an L1. */
import type { Colour } from "../kitchen.machine.ts";
import type { IndexConstants } from "./index-constants.ts";

/** What the index alone asks for; `before` = the colour that is shown, whose band is wider by the dead band. */
export function colourOfIndex(index: number | null, before: Colour, constants: IndexConstants): Colour {
  if (index === null) return "grey";
  const { green, amber, hysteresis } = constants;
  const toGreen = before === "green" ? green - hysteresis : before === "grey" ? green : green + hysteresis;
  const toAmber = before === "red" ? amber + hysteresis : before === "grey" ? amber : amber - hysteresis;
  if (index >= toGreen) return "green";
  return index >= toAmber ? "amber" : "red";
}
