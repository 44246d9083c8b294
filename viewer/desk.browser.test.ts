/** The regulator's desk in a real Chromium, on the real server: what one does there all day, and what must not disturb it. */
import { mkdirSync } from "node:fs";
import type { Browser, Page, Response } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium, missing, type Opened, openPage, PATIENCE, SHOTS } from "./test/chromium.ts";
import { CityStub } from "./test/city-stub.ts";
import { RealCity } from "./test/real-city.ts";

const COMPRESSED_MAX = 150_000;

let browser: Browser;
let city: RealCity;

beforeAll(async () => {
  if (missing !== null) return;
  mkdirSync(SHOTS, { recursive: true });
  browser = await launchChromium();
  city = await RealCity.open();
  await city.fail(3);
}, PATIENCE);

afterAll(async () => {
  if (missing !== null) return;
  await browser.close();
  await city.close();
});

beforeEach((context) => {
  if (missing !== null) context.skip(missing);
});

/** The desk with the cases of failed tests, however many others the city has. */
async function open(query = "?code=D10"): Promise<Opened> {
  const opened = await openPage(browser, `${city.origin}/desk/${query}${city.signIn}`);
  await opened.page.locator(".desk-row").first().waitFor();
  return opened;
}

const eventually = { timeout: PATIENCE };

function rowIds(page: Page): Promise<string[]> {
  return page
    .locator(".desk-row")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-case") ?? ""));
}

/** The text that says how many cases there are. */
async function total(page: Page): Promise<number> {
  return Number((await page.locator(".desk-total").textContent())?.replace(/\D/g, ""));
}

describe("the desk", () => {
  it("is light: what it loads is small, and no engine of the globe is in it", async () => {
    const page = await browser.newPage();
    const answers: Response[] = [];
    page.on("response", (response) => answers.push(response));
    await page.goto(`${city.origin}/desk/?code=D10${city.signIn}`);
    await page.locator(".desk-row").first().waitFor(eventually);
    await page.waitForTimeout(1_000);
    let bytes = 0;
    for (const answer of answers) {
      expect(answer.url()).not.toMatch(/cesium|basemap/i);
      if (!/\.(js|css)$|\/desk\/$/.test(new URL(answer.url()).pathname)) continue;
      bytes += (await answer.request().sizes()).responseBodySize;
      if (answer.url().endsWith(".js")) expect(await answer.text()).not.toMatch(/CustomShader|WebGLRenderer/);
    }
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThan(COMPRESSED_MAX);
    console.log(`the desk's page, scripts and styles: ${(bytes / 1000).toFixed(0)} kB compressed`);
    await page.close();
  });

  it("moves nothing when cases come, says how many, and takes them in when asked", async () => {
    const { page, faults } = await open();
    const before = await rowIds(page);
    await city.fail(2);
    const bar = page.locator(".desk-fresh");
    await expect.poll(() => bar.textContent(), eventually).toContain("2 件新案件");
    expect(await rowIds(page)).toEqual(before);
    await page.keyboard.press("n");
    await expect.poll(() => page.locator(".desk-row").count(), eventually).toBe(before.length + 2);
    await expect.poll(() => bar.count(), eventually).toBe(0);
    expect(faults).toEqual([]);
    await page.close();
  });

  it("opens a case by keys with why, what next and what one may do, and shows at once what was done", async () => {
    const { page, faults } = await open();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    const card = page.locator(".desk-file");
    await expect.poll(() => card.textContent(), eventually).toContain("D10 第 1 版");
    const text = (await card.textContent()) ?? "";
    for (const part of ["下一步", "逾期则", "证据保全", "本页案卷摘要"]) expect(text).toContain(part);
    const id = new URL(page.url()).searchParams.get("case");
    expect((await rowIds(page))[0]).toBe(id);
    await page.keyboard.press("c");
    const form = card.locator("form.act");
    await form.waitFor();
    await form.locator("textarea").fill("实验室报告已核对 jk/?");
    await form.locator(".main").click();
    await expect.poll(() => card.locator(".outcome").textContent(), eventually).toContain("案件现为“已核实”");
    await expect
      .poll(() => card.locator(".timeline").textContent(), eventually)
      .toContain("实验室报告已核对");
    await expect
      .poll(() => page.locator(`[data-case="${id}"] .c-state`).textContent(), eventually)
      .toBe("已核实");
    await expect.poll(() => card.locator(".what-next").textContent(), eventually).toContain("决定是否立案");
    expect((await city.cases()).find((one) => one.case === id)?.steps.at(-1)).toMatchObject({
      what: "review-confirm",
      reason: "实验室报告已核对 jk/?",
    });
    await page.screenshot({ path: `${SHOTS}/desk-night-zh.png` });
    expect(faults).toEqual([]);
    await page.close();
  });

  it("keeps its filters, order and case in the address", async () => {
    const { page } = await open("");
    await page.locator(".desk-filters button.state-L2").click();
    await page.locator(".c-due .sorter").click();
    await page.keyboard.press("/");
    await page.keyboard.type("R-2");
    await expect.poll(() => page.locator(".desk-row").count(), eventually).toBe(1);
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url(), eventually).toMatch(/level=L2&q=R-2&sort=due&case=C-D10/);
    const [rows, address] = [await rowIds(page), page.url()];
    const again = await openPage(browser, address + city.signIn);
    await expect.poll(() => again.page.locator(".desk-file h2").textContent(), eventually).toContain("D10");
    await expect.poll(() => rowIds(again.page), eventually).toEqual(rows);
    await again.page.close();
    await page.close();
  });

  it("sends a command for many only after the time to undo, and nothing when it is undone", async () => {
    const { page } = await open("?code=D10&state=verifying");
    const marked = (await rowIds(page)).slice(0, 2);
    const note = async (text: string) => {
      for (const id of marked) await page.locator(`[data-case="${id}"] .c-mark input`).check();
      await page.locator("[data-bulk=comment]").click();
      await page.locator(".desk-bulk textarea").fill(text);
      await page.locator(".desk-bulk form .main").click();
      await page.locator(".bulk-waiting").waitFor();
    };
    const notes = async () =>
      (await city.cases())
        .filter((one) => marked.includes(one.case))
        .map(({ steps }) => steps.filter(({ what }) => what === "comment").length);
    await note("first");
    await page.keyboard.press("u");
    await expect.poll(() => page.locator(".bulk-waiting").count(), eventually).toBe(0);
    await note("second");
    expect(await notes()).toEqual([0, 0]);
    await expect.poll(() => page.locator(".bulk-done").textContent(), eventually).toContain("2 件已办理");
    expect(await notes()).toEqual([1, 1]);
    await page.close();
  });

  it("prints the case alone, with the hash of its file", async () => {
    const { page } = await open();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("#file-hash").textContent(), eventually).toMatch(/^[0-9a-f]{64}$/);
    await page.emulateMedia({ media: "print" });
    expect(
      await page
        .locator(".desk-docket, .header, .acts")
        .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).display)),
    ).toEqual(["none", "none", "none"]);
    expect(await page.locator("#file-hash").isVisible()).toBe(true);
    await page.screenshot({ path: `${SHOTS}/desk-print.png` });
    await page.close();
  });

  it("is stale in sight while the server stands still, and live again by itself", async () => {
    const { page } = await open();
    await expect.poll(() => page.locator(".feed").getAttribute("class"), eventually).toContain("feed-live");
    city.signal("SIGSTOP");
    await expect.poll(() => page.locator(".stale-now").textContent(), eventually).toContain("没有收到新数据");
    city.signal("SIGCONT");
    await expect.poll(() => page.locator(".stale-now").count(), eventually).toBe(0);
    await page.close();
  });

  it("goes on after the server was killed and started again: nothing lost, nothing twice", async () => {
    const { page } = await open();
    const asked: (string | undefined)[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/v1/alerts/stream")) asked.push(request.headers()["last-event-id"]);
    });
    await city.fail(1);
    await page.locator(".desk-fresh").waitFor();
    const before = await total(page);
    await city.kill();
    await expect.poll(() => page.locator(".stale-now").textContent(), eventually).toContain("连接中断");
    expect(await page.locator(".desk-row").count()).toBe(before);
    await city.start();
    await city.fail(4);
    await expect.poll(() => page.locator(".stale-now").count(), eventually).toBe(0);
    await expect.poll(() => page.locator(".desk-fresh").textContent(), eventually).toContain("5 件新案件");
    await page.keyboard.press("n");
    await expect.poll(() => page.locator(".desk-row").count(), eventually).toBe(before + 5);
    const open_ = (await city.cases()).map((one) => one.case).sort();
    expect((await rowIds(page)).sort()).toEqual(open_);
    expect(asked.at(-1)).toMatch(/^\d+$/);
    await page.close();
  });

  it("keeps few rows of thousands, and shows the last as well as the first", async () => {
    for (let i = 0; i < 3; i++) await city.fail(1_000);
    const { page, faults } = await open();
    await expect.poll(() => total(page), eventually).toBeGreaterThan(3_000);
    const box = page.locator(".desk-scroll");
    for (const share of [0.3, 0.7, 1]) {
      await box.evaluate((element, at) => {
        element.scrollTop = element.scrollHeight * at;
      }, share);
      await expect
        .poll(() => page.locator(".desk-row").first().getAttribute("aria-rowindex").then(Number), eventually)
        .toBeGreaterThan(share * 2_900);
      expect(await page.locator(".desk-row").count()).toBeLessThan(60);
    }
    const last = await page.locator(".desk-row").last().getAttribute("aria-rowindex");
    expect(Number(last)).toBe((await total(page)) + 1);
    expect(faults).toEqual([]);
    await page.close();
  });
});

describe("the lists of the desk", () => {
  it("show their entries with grounds and stage, and offer what the list's life allows to this role", async () => {
    const stub = new CityStub();
    const origin = await stub.start();
    const { page, faults } = await openPage(browser, `${origin}/desk/?tab=red&lang=en&theme=day`);
    const red = page.locator(".monthly");
    await expect.poll(() => red.textContent(), eventually).toContain("best 5 % of its type");
    await red.locator("[data-list-act=sign]").click();
    await red.locator("form .main").click();
    await expect.poll(() => red.locator("header .tag").textContent(), eventually).toBe("signed");
    await red.locator("[data-list-act=publish]").click();
    await red.locator("form .main").click();
    await expect
      .poll(() => red.locator(".outcome").first().textContent(), eventually)
      .toContain("Who signed the list may not publish it");
    await page.getByRole("button", { name: "Black list" }).click();
    const black = page.locator(".list-black");
    await expect.poll(() => black.textContent(), eventually).toContain("a penalty");
    expect(await black.locator("[data-list-act]").allTextContents()).toEqual(["Notify as banner bureau"]);
    await black.locator("[data-list-act=notify]").click();
    await black.locator("form .main").click();
    await expect.poll(() => black.locator("header").textContent(), eventually).toContain("appeals until");
    expect(await black.locator("[data-list-act]").count()).toBe(0);
    await page.screenshot({ path: `${SHOTS}/desk-lists-day-en.png` });
    expect(faults.filter((fault) => !fault.includes("409"))).toEqual([]);
    await page.close();
    await stub.stop();
  });
});
