/** The pages as Vite and Qwik build them: `viewer/dist` is all that a server has to hand out. */
import { fileURLToPath } from "node:url";
import { qwikVite } from "@builder.io/qwik/optimizer";
import { qwikCity } from "@builder.io/qwik-city/vite";
import { defineConfig } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig(({ command }) => ({
  root,
  // `build.mjs` copies what is public: the basemap may still be painting while Vite works.
  publicDir: command === "serve" ? "public" : false,
  plugins: [
    qwikCity({ routesDir: `${root}routes`, trailingSlash: true }),
    qwikVite({ srcDir: root, devTools: { clickToSource: false }, client: { outDir: `${root}dist` } }),
  ],
  build: { emptyOutDir: true, reportCompressedSize: false, chunkSizeWarningLimit: 5000 },
  optimizeDeps: { include: ["@cesium/engine"] },
}));
