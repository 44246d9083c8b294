/** The 3D city: ground, lines, kitchens, labels and the camera, behind one plain object that pages can hold. */
import {
  BoundingSphere,
  type Cartesian2,
  Cartesian3,
  CesiumWidget,
  Color,
  HeadingPitchRange,
  Matrix4,
  PerspectiveFrustum,
  ScreenSpaceEventHandler,
  ScreenSpaceEventType,
} from "@cesium/engine";
import { FLAG_UNACKNOWLEDGED, MAP_STATES, type MapState } from "../../stream/wire.ts";
import type { Theme } from "../basemap/extent.ts";
import type { MapLines } from "../basemap/map-lines.ts";
import type { CityState } from "../live/city-state.ts";
import { BlockLayer } from "./block-layer.ts";
import { DrawPace } from "./draw-pace.ts";
import { Ground } from "./ground.ts";
import { KitchenLayer } from "./kitchen-layer.ts";
import type { Guest, LabelOverlay } from "./label-overlay.ts";
import { LineLayer } from "./line-layer.ts";
import { nearestSpot, type Pointer, project, type Viewport } from "./screen-scan.ts";
import { type Framed, freeArea, HOME, kitchenView, rangeOf, type View } from "./views.ts";

export interface GlobeOptions {
  readonly container: HTMLElement;
  readonly city: CityState;
  readonly lines: MapLines;
  readonly theme: Theme;
  readonly still: boolean;
  /** A kitchen, or -1 for the ground. */
  readonly onClick: (index: number) => void;
  /** A kitchen or -1, and where the pointer is, CSS px from the container's corner. */
  readonly onHover: (index: number, x: number, y: number) => void;
}

const REACH_PX = 11;
/** What a state is worth in the scan, px: the worse wins over the nearer. */
const WEIGHT_PX: Readonly<Record<MapState, number>> = {
  L1: 8,
  L2: 6,
  L3: 4,
  L4: 3,
  offline: 1,
  normal: 0,
  closed: 0,
  never: 0,
};
/** Weight of a kitchen that cannot be pointed at: it is outside of the area. */
const NOT_THERE = Number.NEGATIVE_INFINITY;
const L1 = MAP_STATES.indexOf("L1");
const L3 = MAP_STATES.indexOf("L3");
const NAMES_BELOW_M = 14_000;
const NAMES_MAX = 16;
const PULSE_MS = 90;
/** Narrow, so that columns stand upright all over the screen. */
const FIELD_OF_VIEW = (30 * Math.PI) / 180;

export class CityGlobe {
  readonly #widget: CesiumWidget;
  readonly #city: CityState;
  readonly #spots: Float64Array;
  readonly #ground: Ground;
  readonly #still: boolean;
  readonly #pace = new DrawPace(() => {
    if (!this.#still) this.#kitchens?.pulse(0.5 + 0.5 * Math.sin((performance.now() / 1000) * 2 * Math.PI));
    this.#draw(true);
  });
  readonly #handler: ScreenSpaceEventHandler;
  readonly #observer: ResizeObserver;
  #kitchens: KitchenLayer | null = null;
  #lines: LineLayer | null = null;
  #blocks: BlockLayer | null = null;
  #theme: Theme;
  #selected = -1;
  #pulse: ReturnType<typeof setInterval> | undefined;

  private constructor({ container, city, theme, still, onClick, onHover }: GlobeOptions) {
    this.#city = city;
    this.#theme = theme;
    this.#still = still;
    this.#spots = spotsOf(city);
    this.#widget = widgetIn(container);
    const { scene } = this.#widget;
    this.#ground = new Ground(scene, theme);
    this.#handler = new ScreenSpaceEventHandler(scene.canvas);
    this.#handler.setInputAction(({ position }: { position: Cartesian2 }) => {
      onClick(this.#at(position));
    }, ScreenSpaceEventType.LEFT_CLICK);
    this.#handler.setInputAction(({ endPosition }: { endPosition: Cartesian2 }) => {
      const index = this.#at(endPosition);
      this.#kitchens?.hover(index);
      this.#draw();
      scene.canvas.style.cursor = index >= 0 ? "pointer" : "";
      onHover(index, endPosition.x, endPosition.y);
    }, ScreenSpaceEventType.MOUSE_MOVE);
    this.#observer = new ResizeObserver(() => {
      this.#widget.resize();
      scene.requestRender();
    });
    this.#observer.observe(container);
    this.#look(HOME, 0);
  }

  static async create(options: GlobeOptions): Promise<CityGlobe> {
    const globe = new CityGlobe(options);
    const { scene } = globe.#widget;
    globe.#lines = await LineLayer.create(scene, options.lines, options.theme);
    globe.#kitchens = await KitchenLayer.create(scene, options.city, options.theme);
    globe.#kitchens.setPixelRatio(window.devicePixelRatio);
    const blocks = new BlockLayer(scene, options.city, globe.#kitchens.textures, options.theme);
    globe.#blocks = blocks;
    scene.camera.percentageChanged = 0.05;
    scene.camera.changed.addEventListener(() => blocks.attend(scene.camera.positionWC));
    scene.requestRender();
    if (!options.still) globe.#pulse = setInterval(() => globe.#beat(), PULSE_MS);
    return globe;
  }

  /** The labels that follow the ground; they want to know when the picture moved. */
  follow(labels: LabelOverlay): void {
    const { scene } = this.#widget;
    scene.postRender.addEventListener(() => {
      const viewport = this.#viewport();
      labels.place(viewport, this.height, this.height < NAMES_BELOW_M ? this.#names(viewport) : []);
    });
    scene.requestRender();
  }

  /** Above the ground, m. */
  get height(): number {
    return this.#widget.camera.positionCartographic.height;
  }

  /** Draws kitchens that changed; `null`: any of them may have. */
  changed(indices: Iterable<number> | null): void {
    if (indices === null) this.#kitchens?.refreshAll();
    else this.#kitchens?.refresh(indices);
    this.#pace.want();
  }

  /** Marks a kitchen; -1: none. */
  select(index: number): void {
    this.#selected = index;
    this.#kitchens?.select(index);
    this.#draw();
  }

  /** Only these states stay bright; `null`: all. */
  showOnly(states: ReadonlySet<MapState> | null): void {
    this.#kitchens?.showOnly(
      states === null ? null : new Set([...states].map((state) => MAP_STATES.indexOf(state))),
    );
    this.#draw();
  }

  setTheme(theme: Theme): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.#ground.setTheme(theme);
    this.#lines?.setTheme(theme);
    this.#kitchens?.setTheme(theme);
    this.#blocks?.setTheme(theme);
    this.#draw(true);
  }

  fly(view: View | Framed): void {
    this.#look(view, this.#still ? 0 : 1.4);
  }

  /** The kitchen's spot from near, seen from where the camera looks now. */
  flyToKitchen(index: number): void {
    this.fly(kitchenView(this.#city.lon[index]!, this.#city.lat[index]!));
  }

  /** Steps nearer (factor < 1) or away from what the middle of the screen shows. */
  zoom(factor: number): void {
    const { camera, scene } = this.#widget;
    const amount = this.height * (1 - factor);
    if (amount > 0) camera.zoomIn(amount);
    else camera.zoomOut(-amount);
    scene.requestRender();
  }

  /** Frees the page of the picture, and the browser of its WebGL context, which Cesium alone would keep (cesium#11533). */
  destroy(): void {
    clearInterval(this.#pulse);
    this.#pace.stop();
    this.#observer.disconnect();
    this.#handler.destroy();
    const { canvas } = this.#widget;
    this.#widget.destroy();
    canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
  }

  /** Marks of the pointer and the selection come at once, if anything changed. */
  #draw(always = false): void {
    const changed = this.#kitchens?.flush() ?? false;
    if (changed) this.#blocks?.refresh();
    if (changed || always) this.#widget.scene.requestRender();
  }

  /** Unseen L1 signs swell and shrink once a second, and only while there are any. */
  #beat(): void {
    if (!document.hidden && this.#anyUnseenL1()) this.#pace.want();
  }

  #anyUnseenL1(): boolean {
    const { states, flags } = this.#city;
    for (let i = 0; i < states.length; i++)
      if (states[i] === L1 && (flags[i]! & FLAG_UNACKNOWLEDGED) !== 0) return true;
    return false;
  }

  /** Kitchens worth a name: the selected one, then those with the highest alerts. */
  #names(viewport: Viewport): Guest[] {
    const { states, names } = this.#city;
    const found: { readonly index: number; readonly rank: number; readonly at: Pointer }[] = [];
    for (let index = 0; index < states.length; index++) {
      const rank = index === this.#selected ? 9 : states[index]!;
      if (rank < L3 || (rank > L1 && rank !== 9)) continue;
      const at = project(this.#spots, index, viewport);
      if (at !== null) found.push({ index, rank, at });
    }
    found.sort((a, b) => b.rank - a.rank);
    return found.slice(0, NAMES_MAX).map(({ index, at }) => ({
      text: names[index]!,
      kind: index === this.#selected ? "selected" : `state-${this.#city.stateOf(index)}`,
      ...at,
    }));
  }

  #viewport(): Viewport {
    const { camera, canvas } = this.#widget;
    const matrix = Matrix4.multiply(camera.frustum.projectionMatrix, camera.viewMatrix, new Matrix4());
    return { matrix: Matrix4.toArray(matrix), width: canvas.clientWidth, height: canvas.clientHeight };
  }

  #at(position: Cartesian2): number {
    return nearestSpot(this.#spots, this.#viewport(), position, REACH_PX, (index) =>
      this.#city.isInside(index) ? WEIGHT_PX[this.#city.stateOf(index)] : NOT_THERE,
    );
  }

  #look(view: View | Framed, seconds: number): void {
    const { lon, lat, heading, pitch } = view;
    const { camera, scene, canvas } = this.#widget;
    const window = { width: canvas.clientWidth, height: canvas.clientHeight };
    const range = "range" in view ? view.range : rangeOf(view, window, freeArea(window.width), FIELD_OF_VIEW);
    camera.flyToBoundingSphere(new BoundingSphere(Cartesian3.fromDegrees(lon, lat), 0), {
      duration: seconds,
      offset: new HeadingPitchRange((heading * Math.PI) / 180, (pitch * Math.PI) / 180, range),
      complete: () => scene.requestRender(),
    });
    scene.requestRender();
  }
}

function widgetIn(container: HTMLElement): CesiumWidget {
  const widget = new CesiumWidget(container, {
    baseLayer: false,
    skyBox: false,
    skyAtmosphere: false,
    scene3DOnly: true,
    requestRenderMode: true,
    maximumRenderTimeChange: Number.POSITIVE_INFINITY,
    orderIndependentTranslucency: false,
    useBrowserRecommendedResolution: false,
    msaaSamples: 4,
    creditContainer: document.createElement("div"),
    contextOptions: { webgl: { alpha: true, powerPreference: "high-performance" } },
  });
  const { scene } = widget;
  scene.backgroundColor = Color.TRANSPARENT;
  scene.fog.enabled = false;
  if (scene.sun !== undefined) scene.sun.show = false;
  if (scene.moon !== undefined) scene.moon.show = false;
  const frustum = scene.camera.frustum;
  if (frustum instanceof PerspectiveFrustum) frustum.fov = FIELD_OF_VIEW;
  const controller = scene.screenSpaceCameraController;
  controller.minimumZoomDistance = 160;
  controller.maximumZoomDistance = 4_000_000;
  controller.enableCollisionDetection = true;
  return widget;
}

function spotsOf(city: CityState): Float64Array {
  const spots = new Float64Array(city.size * 3);
  const spot = new Cartesian3();
  for (let i = 0; i < city.size; i++) {
    Cartesian3.fromDegrees(city.lon[i]!, city.lat[i]!, 0, undefined, spot);
    spots[i * 3] = spot.x;
    spots[i * 3 + 1] = spot.y;
    spots[i * 3 + 2] = spot.z;
  }
  return spots;
}
