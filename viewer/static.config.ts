/** Renders every page to a file at build time (Qwik City's static adapter), so that no server has to render. */
import { fileURLToPath } from "node:url";
import { staticAdapter } from "@builder.io/qwik-city/adapters/static/vite";
import { defineConfig, mergeConfig, type UserConfig } from "vite";
import pages from "./vite.config.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

const rendering: UserConfig = {
  build: {
    ssr: true,
    outDir: `${root}server`,
    rollupOptions: { input: [`${root}entry.ssr.tsx`, "@qwik-city-plan"] },
  },
  plugins: [staticAdapter({ origin: "http://127.0.0.1:8080", maxWorkers: 1, sitemapOutFile: null })],
};

export default defineConfig((env) => mergeConfig(pages(env), rendering));
