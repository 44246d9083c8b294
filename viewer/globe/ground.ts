/** The globe under the city: pre-painted basemaps, no terrain, nothing from elsewhere. */
import {
  Color,
  EllipsoidTerrainProvider,
  GeographicTilingScheme,
  ImageryLayer,
  Rectangle,
  type Scene,
  UrlTemplateImageryProvider,
} from "@cesium/engine";
import { CITY, SHEETS, type Sheet, type Theme, TILE_PX } from "../basemap/extent.ts";

/** What lies beyond the painted sheets; the same as the sheets' far edge. */
export const BEYOND: Readonly<Record<Theme, string>> = { night: "#0a1220", day: "#e9ebe6" };

/** The fine sheet comes in when the globe's own tiles are this fine, some 300 km across the screen. */
const FINE_FROM_LEVEL = 6;
/** The globe begins with tiles of 22.5°: coarser ones leave it by kilometres, and borders with them, until finer ones come. */
const FIRST_TILES = { x: 16, y: 8 };

export class Ground {
  readonly #scene: Scene;
  #layers: ImageryLayer[] = [];

  constructor(scene: Scene, theme: Theme) {
    this.#scene = scene;
    const { globe } = scene;
    scene.terrainProvider = new EllipsoidTerrainProvider({
      tilingScheme: new GeographicTilingScheme({
        numberOfLevelZeroTilesX: FIRST_TILES.x,
        numberOfLevelZeroTilesY: FIRST_TILES.y,
      }),
    });
    globe.showGroundAtmosphere = false;
    globe.enableLighting = false;
    globe.depthTestAgainstTerrain = false;
    globe.maximumScreenSpaceError = 1.6;
    this.setTheme(theme);
  }

  setTheme(theme: Theme): void {
    const { imageryLayers, globe } = this.#scene;
    globe.baseColor = Color.fromCssColorString(BEYOND[theme]);
    for (const layer of this.#layers) imageryLayers.remove(layer, true);
    this.#layers = SHEETS.map((sheet) => {
      const layer = new ImageryLayer(
        providerOf(sheet, theme),
        sheet === CITY ? { minimumTerrainLevel: FINE_FROM_LEVEL } : {},
      );
      imageryLayers.add(layer);
      return layer;
    });
  }
}

function providerOf(sheet: Sheet, theme: Theme): UrlTemplateImageryProvider {
  const rectangle = Rectangle.fromDegrees(sheet.west, sheet.south, sheet.east, sheet.north);
  return new UrlTemplateImageryProvider({
    url: `/basemap/${theme}/${sheet.name}/{z}/{x}-{y}.webp`,
    rectangle,
    tilingScheme: new GeographicTilingScheme({
      rectangle,
      numberOfLevelZeroTilesX: sheet.columns,
      numberOfLevelZeroTilesY: sheet.rows,
    }),
    tileWidth: TILE_PX,
    tileHeight: TILE_PX,
    maximumLevel: sheet.levels - 1,
    enablePickFeatures: false,
  });
}
