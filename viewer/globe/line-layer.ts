/** Borders and roads: lines of constant width on the screen, sharp at any height, and a curtain of light on the city's edge. */
import {
  ArcType,
  Cartesian3,
  Color,
  CustomShader,
  CustomShaderMode,
  CustomShaderTranslucencyMode,
  LightingModel,
  Material,
  PolylineCollection,
  type Scene,
  UniformType,
  VaryingType,
} from "@cesium/engine";
import type { Theme } from "../basemap/extent.ts";
import type { LonLat, MapLines } from "../basemap/map-lines.ts";
import { writeGlb } from "./glb.ts";
import { modelOf } from "./glb-model.ts";

interface LineStyle {
  /** Px, the rim on both sides included. */
  readonly width: number;
  readonly colour: string;
  readonly alpha: number;
  readonly rim: number;
  readonly rimColour: string;
  readonly rimAlpha: number;
}

type LineKind = "road" | "inner" | "outer";
const KINDS: readonly LineKind[] = ["road", "inner", "outer"];
const NO_RIM = { rim: 0, rimColour: "#000000", rimAlpha: 0 };

const STYLES: Readonly<Record<Theme, Readonly<Record<LineKind, LineStyle>>>> = {
  night: {
    road: { width: 3.6, colour: "#f0b070", alpha: 0.4, rim: 1.1, rimColour: "#ffb45c", rimAlpha: 0.08 },
    inner: { width: 1.3, colour: "#7fb4ff", alpha: 0.5, ...NO_RIM },
    outer: { width: 2, colour: "#8cc8ff", alpha: 0.95, ...NO_RIM },
  },
  day: {
    road: { width: 3.6, colour: "#fffaf0", alpha: 1, rim: 0.8, rimColour: "#b29a72", rimAlpha: 0.9 },
    inner: { width: 1.4, colour: "#5f6f86", alpha: 0.75, ...NO_RIM },
    outer: { width: 2.4, colour: "#2f5f96", alpha: 0.95, ...NO_RIM },
  },
};

const CURTAIN: Readonly<Record<Theme, { readonly colour: string; readonly alpha: number }>> = {
  night: { colour: "#4aa0ff", alpha: 0.5 },
  day: { colour: "#ffffff", alpha: 0.55 },
};

export class LineLayer {
  readonly #lines: PolylineCollection;
  readonly #materials: Record<LineKind, Material[]> = { road: [], inner: [], outer: [] };
  readonly #curtain: CustomShader;

  private constructor(scene: Scene, lines: MapLines, theme: Theme) {
    const collection = new PolylineCollection();
    const add = (kind: LineKind, line: readonly LonLat[]) => {
      const material = Material.fromType(kind === "road" ? "PolylineOutline" : "Color");
      this.#materials[kind].push(material);
      collection.add({
        positions: line.map(([lon, lat]) => Cartesian3.fromDegrees(lon, lat)),
        width: 1,
        material,
        arcType: ArcType.NONE,
      });
    };
    for (const line of lines.roads) add("road", line);
    for (const line of lines.inner) add("inner", line);
    for (const line of lines.outer) add("outer", line);
    scene.primitives.add(collection);
    this.#lines = collection;
    this.#curtain = curtainShader(theme);
    this.setTheme(theme);
  }
  static async create(scene: Scene, lines: MapLines, theme: Theme): Promise<LineLayer> {
    const layer = new LineLayer(scene, lines, theme);
    scene.primitives.add(await modelOf(curtainGlb(lines.outer), ORIGIN, layer.#curtain));
    return layer;
  }

  setTheme(theme: Theme): void {
    let at = 0;
    for (const kind of KINDS) {
      const { width, colour, alpha, rim, rimColour, rimAlpha } = STYLES[theme][kind];
      for (const material of this.#materials[kind]) {
        material.uniforms.color = Color.fromCssColorString(colour).withAlpha(alpha);
        if (rim > 0) {
          material.uniforms.outlineColor = Color.fromCssColorString(rimColour).withAlpha(rimAlpha);
          material.uniforms.outlineWidth = rim * 2;
        }
        this.#lines.get(at++).width = width;
      }
    }
    const { colour, alpha } = CURTAIN[theme];
    const { red, green, blue } = Color.fromCssColorString(colour);
    this.#curtain.setUniform("u_colour", new Cartesian3(red, green, blue));
    this.#curtain.setUniform("u_alpha", alpha);
  }
}

const ORIGIN = Cartesian3.fromDegrees(109, 39.4);

function curtainGlb(outer: MapLines["outer"]): Uint8Array<ArrayBuffer> {
  const positions: number[] = [];
  const rises: number[] = [];
  const indices: number[] = [];
  const spot = new Cartesian3();
  for (const line of outer) {
    line.forEach(([lon, lat], i) => {
      Cartesian3.fromDegrees(lon, lat, 0, undefined, spot);
      const at = positions.length / 3;
      for (const rise of [0, 1]) {
        positions.push(spot.x - ORIGIN.x, spot.y - ORIGIN.y, spot.z - ORIGIN.z);
        rises.push(rise);
      }
      if (i > 0) indices.push(at - 2, at, at + 1, at - 2, at + 1, at - 1);
    });
  }
  return writeGlb({
    attributes: [
      { semantic: "POSITION", size: 3, values: Float32Array.from(positions) },
      { semantic: "_RISE", size: 1, values: Float32Array.from(rises) },
    ],
    indices: Uint32Array.from(indices),
    blend: true,
  });
}

function curtainShader(theme: Theme): CustomShader {
  return new CustomShader({
    mode: CustomShaderMode.REPLACE_MATERIAL,
    lightingModel: LightingModel.UNLIT,
    translucencyMode: CustomShaderTranslucencyMode.TRANSLUCENT,
    uniforms: {
      u_origin: { type: UniformType.VEC3, value: ORIGIN },
      u_colour: { type: UniformType.VEC3, value: new Cartesian3(1, 1, 1) },
      u_alpha: { type: UniformType.FLOAT, value: CURTAIN[theme].alpha },
    },
    varyings: { v_lift: VaryingType.FLOAT, v_far: VaryingType.FLOAT },
    vertexShaderText: /* glsl */ `
      void vertexMain(VertexInput vsInput, inout czm_modelVertexOutput vsOutput) {
        vec3 foot = vsInput.attributes.positionMC;
        float distance = length((czm_modelView * vec4(foot, 1.0)).xyz);
        v_lift = vsInput.attributes.rise;
        v_far = smoothstep(60000.0, 260000.0, distance);
        vsOutput.positionMC = foot + normalize(u_origin + foot) * v_lift * min(distance * 0.017, 9000.0);
      }`,
    fragmentShaderText: /* glsl */ `
      void fragmentMain(FragmentInput fsInput, inout czm_modelMaterial material) {
        material.diffuse = pow(u_colour, vec3(2.2));
        material.alpha = u_alpha * v_far * pow(1.0 - v_lift, 1.7);
      }`,
  });
}
