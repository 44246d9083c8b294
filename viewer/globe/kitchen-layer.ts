/**
 * All kitchens as two instanced models, which share one state texture: the quiet ones below, those with alerts above
 * them. A change of state costs one texel and one upload of 46 kB a frame at most.
 */
import {
  Cartesian3,
  CustomShader,
  CustomShaderMode,
  CustomShaderTranslucencyMode,
  LightingModel,
  type Scene,
  TextureMagnificationFilter,
  TextureMinificationFilter,
  TextureUniform,
  UniformType,
  VaryingType,
} from "@cesium/engine";
import { MAP_STATES } from "../../stream/wire.ts";
import type { Theme } from "../basemap/extent.ts";
import type { CityState } from "../live/city-state.ts";
import { rgbOf, STATE_COLOURS } from "../palette.ts";
import type { StateTextures } from "./block-layer.ts";
import { writeGlb } from "./glb.ts";
import { modelOf } from "./glb-model.ts";
import {
  KITCHEN_FRAGMENT,
  KITCHEN_VERTEX,
  MARK_DIMMED,
  MARK_HOVERED,
  MARK_OUTSIDE,
  MARK_SELECTED,
} from "./kitchen-shaders.ts";

const TEXTURE_WIDTH = 128;
/** Middle of the city: instances are told from here, so that 32-bit floats hold them to 2 cm. */
const ORIGIN = Cartesian3.fromDegrees(109, 39.4);
const FILTERS = {
  repeat: false,
  minificationFilter: TextureMinificationFilter.NEAREST,
  magnificationFilter: TextureMagnificationFilter.NEAREST,
};

export class KitchenLayer {
  readonly #city: CityState;
  readonly #texels: Uint8Array;
  readonly #height: number;
  /** Which texel a kitchen has: instances run from north to south, so that near ones are drawn last. */
  readonly #slot: Uint16Array;
  readonly #shaders: readonly CustomShader[];
  #selected = -1;
  #hovered = -1;
  #filter: ReadonlySet<number> | null = null;
  #dirty = false;
  #theme: Theme;

  private constructor(city: CityState, slot: Uint16Array, theme: Theme) {
    this.#city = city;
    this.#slot = slot;
    this.#theme = theme;
    this.#height = Math.max(1, Math.ceil(city.size / TEXTURE_WIDTH));
    this.#texels = new Uint8Array(TEXTURE_WIDTH * this.#height * 4);
    this.#shaders = [0, 1].map((alerts) => this.#shader(alerts, theme));
  }

  static async create(scene: Scene, city: CityState, theme: Theme): Promise<KitchenLayer> {
    const order = Array.from({ length: city.size }, (_, i) => i).sort((a, b) => city.lat[b]! - city.lat[a]!);
    const slot = new Uint16Array(city.size);
    const translations = new Float32Array(city.size * 3);
    const spot = new Cartesian3();
    order.forEach((index, rank) => {
      slot[index] = rank;
      Cartesian3.fromDegrees(city.lon[index]!, city.lat[index]!, 0, undefined, spot);
      translations[rank * 3] = spot.x - ORIGIN.x;
      translations[rank * 3 + 1] = spot.y - ORIGIN.y;
      translations[rank * 3 + 2] = spot.z - ORIGIN.z;
    });
    const layer = new KitchenLayer(city, slot, theme);
    for (const shader of layer.#shaders) {
      const model = await modelOf(partsGlb(translations), ORIGIN, shader);
      scene.primitives.add(model);
    }
    layer.refreshAll();
    layer.flush();
    return layer;
  }

  /** Takes over the states of these kitchens; they are drawn after the next `flush`. */
  refresh(indices: Iterable<number>): void {
    for (const index of indices) this.#write(index);
  }

  refreshAll(): void {
    for (let index = 0; index < this.#city.size; index++) this.#write(index);
  }

  select(index: number): void {
    const before = this.#selected;
    this.#selected = index;
    this.refresh([before, index].filter((i) => i >= 0));
  }

  hover(index: number): void {
    const before = this.#hovered;
    this.#hovered = index;
    this.refresh([before, index].filter((i) => i >= 0));
  }

  /** Only these state codes stay bright; `null`: all. */
  showOnly(states: ReadonlySet<number> | null): void {
    this.#filter = states;
    this.refreshAll();
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    for (const shader of this.#shaders) {
      shader.setUniform("u_palette", paletteOf(theme));
      shader.setUniform("u_day", theme === "day" ? 1 : 0);
    }
  }

  /** 0 … 1: how far the unseen L1 signs have swollen. */
  pulse(value: number): void {
    for (const shader of this.#shaders) shader.setUniform("u_pulse", value);
  }

  setPixelRatio(ratio: number): void {
    for (const shader of this.#shaders) shader.setUniform("u_pixelRatio", ratio);
  }

  /** Sends what changed to the graphics card; says whether anything did. */
  flush(): boolean {
    if (!this.#dirty) return false;
    this.#dirty = false;
    for (const shader of this.#shaders) shader.setUniform("u_states", this.#texture());
    return true;
  }

  /** For other layers that show the same states. */
  get textures(): StateTextures {
    return {
      states: () => this.#texture(),
      palette: () => paletteOf(this.#theme),
      slotOf: (kitchen) => this.#slot[kitchen]!,
    };
  }

  #write(index: number): void {
    const at = this.#slot[index]! * 4;
    const state = this.#city.states[index]!;
    this.#texels[at] = state;
    this.#texels[at + 1] =
      (this.#city.flags[index]! & 15) |
      (index === this.#selected ? MARK_SELECTED : 0) |
      (this.#filter !== null && !this.#filter.has(state) ? MARK_DIMMED : 0) |
      (index === this.#hovered ? MARK_HOVERED : 0) |
      (this.#city.outside[index] === 1 ? MARK_OUTSIDE : 0);
    this.#texels[at + 3] = 255;
    this.#dirty = true;
  }

  #texture(): TextureUniform {
    return new TextureUniform({
      typedArray: this.#texels,
      width: TEXTURE_WIDTH,
      height: this.#height,
      ...FILTERS,
    });
  }

  #shader(alerts: number, theme: Theme): CustomShader {
    return new CustomShader({
      mode: CustomShaderMode.REPLACE_MATERIAL,
      lightingModel: LightingModel.UNLIT,
      translucencyMode: CustomShaderTranslucencyMode.TRANSLUCENT,
      uniforms: {
        u_states: { type: UniformType.SAMPLER_2D, value: this.#texture() },
        u_palette: { type: UniformType.SAMPLER_2D, value: paletteOf(theme) },
        u_origin: { type: UniformType.VEC3, value: ORIGIN },
        u_alerts: { type: UniformType.FLOAT, value: alerts },
        u_pixelRatio: { type: UniformType.FLOAT, value: 1 },
        u_pulse: { type: UniformType.FLOAT, value: 0 },
        u_day: { type: UniformType.FLOAT, value: theme === "day" ? 1 : 0 },
      },
      varyings: {
        v_corner: VaryingType.VEC2,
        v_look: VaryingType.VEC4,
        v_unseen: VaryingType.FLOAT,
      },
      vertexShaderText: KITCHEN_VERTEX,
      fragmentShaderText: KITCHEN_FRAGMENT,
    });
  }
}

function paletteOf(theme: Theme): TextureUniform {
  const typedArray = new Uint8Array(MAP_STATES.length * 4);
  MAP_STATES.forEach((state, i) => {
    typedArray.set([...rgbOf(STATE_COLOURS[theme][state]), 255], i * 4);
  });
  return new TextureUniform({ typedArray, width: MAP_STATES.length, height: 1, ...FILTERS });
}

/** Four corners for each of the four parts, all on the spot; see `kitchen-shaders.ts`. */
function partsGlb(translations: Float32Array): Uint8Array<ArrayBuffer> {
  const shape: number[] = [];
  const indices: number[] = [];
  for (const part of [3, 0, 1, 2]) {
    const first = shape.length / 3;
    for (const [x, y] of [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as const)
      shape.push(x, y, part);
    indices.push(first, first + 1, first + 2, first, first + 2, first + 3);
  }
  return writeGlb({
    attributes: [
      { semantic: "POSITION", size: 3, values: new Float32Array(shape.length) },
      { semantic: "_SHAPE", size: 3, values: Float32Array.from(shape) },
    ],
    indices: Uint16Array.from(indices),
    translations,
    blend: true,
  });
}
