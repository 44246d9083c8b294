/** Incidents name kitchens and devices by their ids; an unknown one is a mistake of whoever planned it. */
import type { World } from "../world.ts";

/** Throws a RangeError for an unknown device. */
export function deviceNamed(world: World, id: string): number {
  const device = world.city.deviceOrdinal(id);
  if (device < 0) throw new RangeError(`Cannot plan an incident: the city has no device "${id}"`);
  return device;
}

/** Slot of a device that is read by period. Throws a RangeError for any other. */
export function slotNamed(world: World, id: string): number {
  const slot = world.groups.slotOf[deviceNamed(world, id)]!;
  if (slot < 0) throw new RangeError(`Cannot plan an incident: device "${id}" reports by no period`);
  return slot;
}

/** Throws a RangeError for an unknown kitchen. */
export function kitchenNamed(world: World, id: string): number {
  const kitchen = world.city.kitchenIndex(id);
  if (kitchen < 0) throw new RangeError(`Cannot plan an incident: the city has no kitchen "${id}"`);
  return kitchen;
}
