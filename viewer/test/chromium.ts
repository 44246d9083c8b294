/** A real Chromium for tests of pages, and what tells why there is none. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const DIST = fileURLToPath(new URL("../dist/index.html", import.meta.url));
/** Mesa's llvmpipe draws: twice as fast as SwiftShader, and needs no X server. */
const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--use-gl=angle",
  "--use-angle=gl-egl",
  "--ignore-gpu-blocklist",
];

/** Software draws slowly. */
export const PATIENCE = 90_000;
export const SHOTS = fileURLToPath(new URL("../tmp/shots", import.meta.url));

/** Why no page can be opened here; `null` = they can. */
export const missing = !existsSync(CHROMIUM)
  ? `no Chromium at ${CHROMIUM} (set CHROMIUM)`
  : !existsSync(DIST)
    ? "the viewer is not built (npm run prepare)"
    : null;

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

export interface Opened {
  readonly page: Page;
  /** Errors on the console, uncaught ones, failed and foreign requests. */
  readonly faults: readonly string[];
}

export async function openPage(browser: Browser, address: string): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  page.setDefaultTimeout(PATIENCE);
  const { origin } = new URL(address);
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    if (request.failure()?.errorText !== "net::ERR_ABORTED") faults.push(`failed: ${request.url()}`);
  });
  page.on("request", (request) => {
    const { protocol, origin: of } = new URL(request.url());
    if (protocol.startsWith("http") && of !== origin) faults.push(`foreign: ${request.url()}`);
  });
  await page.goto(address);
  return { page, faults };
}
