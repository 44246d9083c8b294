/** City blocks around the camera: a quarter is built when one comes near, and let go when many others are nearer. */
import {
  Cartesian3,
  CustomShader,
  CustomShaderMode,
  CustomShaderTranslucencyMode,
  LightingModel,
  type Model,
  type Scene,
  type TextureUniform,
  UniformType,
  VaryingType,
} from "@cesium/engine";
import { BLOCK_M } from "../../twin/city/town-frame.ts";
import type { Theme } from "../basemap/extent.ts";
import type { CityState } from "../live/city-state.ts";
import { meshOf, type Shop } from "./block-mesh.ts";
import { blocksOf, cellOf, type Quarter, quarters } from "./block-plan.ts";
import { BLOCK_FRAGMENT, BLOCK_VERTEX } from "./block-shaders.ts";
import { modelOf } from "./glb-model.ts";

/** Houses are fully grown within this distance of the camera, m, and gone beyond 1.7 times of it. */
const GROW_FROM_M = 34_000;
const BUILD_WITHIN_M = 60_000;
const KEEP = 5;

/** What the kitchens' layer shares: its textures, and each kitchen's slot in them. */
export interface StateTextures {
  readonly states: () => TextureUniform;
  readonly palette: () => TextureUniform;
  readonly slotOf: (kitchen: number) => number;
}

interface Site {
  readonly quarter: Quarter;
  readonly middle: Cartesian3;
  model: Model | null;
  shader: CustomShader | null;
  building: boolean;
}

export class BlockLayer {
  readonly #scene: Scene;
  readonly #city: CityState;
  readonly #textures: StateTextures;
  readonly #sites: readonly Site[];
  readonly #kitchensOf: Map<Quarter, number[]>;
  #theme: Theme;

  constructor(scene: Scene, city: CityState, textures: StateTextures, theme: Theme) {
    this.#scene = scene;
    this.#city = city;
    this.#textures = textures;
    this.#theme = theme;
    this.#sites = quarters().map((quarter) => ({
      quarter,
      middle: Cartesian3.fromDegrees(quarter.frame.origin.lon, quarter.frame.origin.lat),
      model: null,
      shader: null,
      building: false,
    }));
    this.#kitchensOf = kitchensByQuarter(
      city,
      this.#sites.map(({ quarter }) => quarter),
    );
  }

  /** Builds what the camera has come near to, lets go what is far; to be called when the camera moved. */
  attend(camera: Cartesian3): void {
    const near = this.#sites
      .map((site) => ({ site, away: Cartesian3.distance(camera, site.middle) - site.quarter.reach }))
      .sort((a, b) => a.away - b.away);
    near.forEach(({ site, away }, rank) => {
      const wanted = rank < KEEP && away < BUILD_WITHIN_M;
      if (wanted && site.model === null && !site.building) void this.#build(site);
      if (!wanted && site.model !== null && rank >= KEEP) this.#letGo(site);
      if (site.model !== null) site.model.show = away < BUILD_WITHIN_M;
    });
  }

  /** New states: only the fronts of shops in sight care. */
  refresh(): void {
    for (const { shader } of this.#sites) shader?.setUniform("u_states", this.#textures.states());
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    for (const { shader } of this.#sites) {
      shader?.setUniform("u_day", theme === "day" ? 1 : 0);
      shader?.setUniform("u_palette", this.#textures.palette());
    }
  }

  async #build(site: Site): Promise<void> {
    site.building = true;
    const { quarter } = site;
    const shops = (this.#kitchensOf.get(quarter) ?? []).map((kitchen) => this.#shopOf(quarter, kitchen));
    const { origin, glb } = meshOf(quarter.frame, blocksOf(quarter, new Set(shops.map(cellOf))), shops);
    site.shader = this.#shader(origin);
    site.model = this.#scene.primitives.add(await modelOf(glb, origin, site.shader), 0);
    site.building = false;
    this.#scene.requestRender();
  }

  #letGo(site: Site): void {
    if (site.model !== null) this.#scene.primitives.remove(site.model);
    site.model = null;
    site.shader = null;
  }

  #shopOf({ frame }: Quarter, kitchen: number): Shop {
    const at = frame.toLocal({ lon: this.#city.lon[kitchen]!, lat: this.#city.lat[kitchen]! });
    const off = (value: number) => value - Math.round(value / BLOCK_M) * BLOCK_M;
    const alongX = Math.abs(Math.abs(off(at.y)) - 13) < Math.abs(Math.abs(off(at.x)) - 13);
    return {
      ...at,
      alongX,
      side: off(alongX ? at.y : at.x) > 0 ? 1 : -1,
      slot: this.#textures.slotOf(kitchen),
    };
  }

  #shader(origin: Cartesian3): CustomShader {
    return new CustomShader({
      mode: CustomShaderMode.REPLACE_MATERIAL,
      lightingModel: LightingModel.UNLIT,
      translucencyMode: CustomShaderTranslucencyMode.OPAQUE,
      uniforms: {
        u_origin: { type: UniformType.VEC3, value: origin },
        u_growFrom: { type: UniformType.FLOAT, value: GROW_FROM_M },
        u_day: { type: UniformType.FLOAT, value: this.#theme === "day" ? 1 : 0 },
        u_states: { type: UniformType.SAMPLER_2D, value: this.#textures.states() },
        u_palette: { type: UniformType.SAMPLER_2D, value: this.#textures.palette() },
      },
      varyings: {
        v_wallAt: VaryingType.VEC4,
        v_facing: VaryingType.FLOAT,
        v_away: VaryingType.FLOAT,
      },
      vertexShaderText: BLOCK_VERTEX,
      fragmentShaderText: BLOCK_FRAGMENT,
    });
  }
}

/** Each kitchen belongs to the quarter whose grid it stands on: that of the nearest town. */
function kitchensByQuarter(city: CityState, all: readonly Quarter[]): Map<Quarter, number[]> {
  const centres = all.flatMap((quarter) => quarter.towns.map(({ center }) => ({ quarter, center })));
  const found = new Map<Quarter, number[]>(all.map((quarter) => [quarter, []]));
  for (let i = 0; i < city.size; i++) {
    let best = centres[0]!;
    let bestD2 = Number.POSITIVE_INFINITY;
    for (const centre of centres) {
      const dx = (centre.center.lon - city.lon[i]!) * 0.77;
      const dy = centre.center.lat - city.lat[i]!;
      const d2 = dx * dx + dy * dy;
      if (d2 < bestD2) {
        bestD2 = d2;
        best = centre;
      }
    }
    found.get(best.quarter)!.push(i);
  }
  return found;
}
