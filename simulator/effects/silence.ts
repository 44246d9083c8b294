/** Devices fall silent and speak again. */
import type { Silence } from "../device-lives.ts";
import type { World } from "../world.ts";

export function silenceDevice(world: World, device: number, reason: Silence): void {
  world.lives.silence(device, reason);
  world.uplink.changed(device);
}

/** The device speaks again as if nothing had been: it was only not heard. */
export function unsilenceDevice(world: World, device: number, reason: Silence): void {
  world.lives.unsilence(device, reason);
  world.uplink.changed(device);
}

/** The device has power again: a new boot, which it announces. One that was not silent for that reason goes on. */
export function revive(world: World, device: number, reason: Silence, time: number): void {
  if (!world.lives.isSilentFor(device, reason)) return;
  world.uplink.gateways.backlogOf(world.city.kitchenOfDevice[device]!)?.seal();
  world.lives.unsilence(device, reason);
  // What happened before the run began is no boot of it.
  if (!world.uplink.muted) world.lives.restart(device);
  world.uplink.changed(device);
  world.uplink.event(device, "warmcity.device.born", time, {});
}
