/** The city page in a real Chromium, against a stand-in for the server (`test/city-stub.ts`). */
import { mkdirSync } from "node:fs";
import type { Browser, Locator, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium, missing, type Opened, openPage, PATIENCE, SHOTS } from "./test/chromium.ts";
import { CityStub, STUB_TOKEN } from "./test/city-stub.ts";

let browser: Browser;
let stub: CityStub;
let address: string;

beforeAll(async () => {
  if (missing !== null) return;
  mkdirSync(SHOTS, { recursive: true });
  browser = await launchChromium();
  stub = new CityStub();
  address = await stub.start();
}, PATIENCE);

afterAll(async () => {
  if (missing !== null) return;
  await browser.close();
  await stub.stop();
});

beforeEach((context) => {
  if (missing !== null) context.skip(missing);
});

function open(path: string, origin = address): Promise<Opened> {
  return openPage(browser, `${origin}${path}`);
}

/** Waits until the map has been drawn with labels: the last thing that appears. */
async function drawn(page: Page): Promise<void> {
  await page.locator(".banner-card[style*='visible']").first().waitFor();
  await page.locator(".alert").first().waitFor();
}

/** Opens the newest alert, which is that of a kitchen of this name, in its drawer. */
async function openAlertOf(page: Page, name: string): Promise<void> {
  const row = page.locator(".alert", { hasText: name }).filter({ hasText: "T09" }).first();
  await row.locator("button").dispatchEvent("click");
  await expect.poll(() => page.locator(".drawer h2").textContent(), { timeout: PATIENCE }).toBe(name);
}

/** The desk of the gas leak's case in the open drawer. */
function deskOf(page: Page): Locator {
  return page.locator(".alert-card", { hasText: "T09" }).locator(".case-desk");
}

function unfold(details: Element): void {
  if (details instanceof HTMLDetailsElement) details.open = true;
}

/** Standard deviation of the map's brightness between the panels, and how many pixels are near a colour. */
async function look(page: Page, near: readonly [number, number, number]) {
  const shot = await page.screenshot({ timeout: PATIENCE });
  const { data, info } = await sharp(shot)
    .extract({ left: 340, top: 90, width: 720, height: 790 })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let [sum, squares, alike] = [0, 0, 0];
  for (let i = 0; i < data.length; i += 3) {
    const grey = (data[i]! + data[i + 1]! + data[i + 2]!) / 3;
    sum += grey;
    squares += grey * grey;
    if (near.every((value, c) => Math.abs(data[i + c]! - value) < 40)) alike++;
  }
  const count = info.width * info.height;
  return { deviation: Math.sqrt(squares / count - (sum / count) ** 2), alike };
}

const RED = [255, 46, 85] as const;

describe("the city page", () => {
  it("draws all kitchens without an error, and asks nothing of any other host", async () => {
    const { page, faults } = await open("/");
    await drawn(page);
    expect(await page.locator("#kitchen-total").textContent()).toBe("11,266");
    expect((await look(page, RED)).deviation).toBeGreaterThan(5);
    await page.screenshot({ path: `${SHOTS}/city-night-zh.png`, timeout: PATIENCE });
    expect(faults).toEqual([]);
    await page.close();
  });

  it("shows a change of states in the legend and on the map", async () => {
    const { page, faults } = await open("/");
    await drawn(page);
    const count = page.locator("[data-state=L1] .count");
    await expect.poll(() => count.textContent(), { timeout: PATIENCE }).toMatch(/^\d+$/);
    const before = Number(await count.textContent());
    const red = (await look(page, RED)).alike;
    const quiet = stub.city.kitchens.filter((_, i) => stub.states[i] === 0).filter((_, i) => i % 80 === 0);
    stub.setStates(quiet.map(({ id }) => [id, "L1"] as const));
    await expect.poll(() => count.textContent(), { timeout: PATIENCE }).toBe(String(before + quiet.length));
    await expect
      .poll(async () => (await look(page, RED)).alike, { timeout: PATIENCE })
      .toBeGreaterThan(red + 500);
    stub.setStates(quiet.map(({ id }) => [id, "normal"] as const));
    await expect.poll(() => count.textContent(), { timeout: PATIENCE }).toBe(String(before));
    expect(faults).toEqual([]);
    await page.close();
  });

  it("puts a new gas leak on top of the list and explains it in the kitchen's drawer", async () => {
    const { page, faults } = await open("/");
    await drawn(page);
    const kitchen = stub.city.kitchens[4_321]!;
    stub.raise(kitchen.id, "T09");
    const row = page.locator(".alert").first();
    await expect.poll(() => row.textContent(), { timeout: PATIENCE }).toContain(kitchen.name);
    await row.locator("button").dispatchEvent("click");
    const drawer = page.locator(".drawer");
    await expect.poll(() => drawer.locator("h2").textContent(), { timeout: PATIENCE }).toBe(kitchen.name);
    await expect.poll(() => drawer.textContent(), { timeout: PATIENCE }).toContain("燃气浓度连续 2 个采样");
    expect(await drawer.textContent()).toContain("T09 第 1 版");
    await page.screenshot({ path: `${SHOTS}/kitchen-night-zh.png`, timeout: PATIENCE });
    await page.keyboard.press("Escape");
    await expect.poll(() => drawer.count(), { timeout: PATIENCE }).toBe(0);
    expect(faults).toEqual([]);
    await page.close();
  });

  it("shows the index with its standing, the steps of a case and who was told of it", async () => {
    const { page, faults } = await open("/?lang=en");
    await drawn(page);
    const kitchen = stub.city.kitchens[4_900]!;
    stub.raise(kitchen.id, "T09");
    await openAlertOf(page, kitchen.name);
    const index = page.locator(".index-card");
    await expect.poll(() => index.textContent(), { timeout: PATIENCE }).toContain("too little data");
    const said = await index.textContent();
    for (const part of ["of 100", "Gas leak", "−24.0", "Risk gradeB", "by 2027-01-12"])
      expect(said).toContain(part);
    const desk = deskOf(page);
    for (const fold of await desk.locator("details").all()) await fold.evaluate(unfold);
    await expect
      .poll(() => desk.locator(".notices").textContent(), { timeout: PATIENCE })
      .toContain("shown here only");
    expect(await desk.locator(".notices").textContent()).toContain("city duty desk");
    expect(await desk.locator(".timeline").textContent()).toContain("dispatched");
    await desk.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${SHOTS}/kitchen-case-night-en.png`, timeout: PATIENCE });
    expect(faults).toEqual([]);
    await page.close();
  });

  it("does nothing with a case before the second click, and shows at once what was done", async () => {
    const { page, faults } = await open("/");
    await drawn(page);
    const kitchen = stub.city.kitchens[5_432]!;
    stub.raise(kitchen.id, "T09");
    await openAlertOf(page, kitchen.name);
    const desk = deskOf(page);
    const id = stub.alerts.of(kitchen.id).find(({ code }) => code === "T09")!.case;
    await desk.locator("select").selectOption("S");
    await desk.locator("[data-act=audit]").dispatchEvent("click");
    const form = desk.locator("form.act");
    await form.waitFor();
    expect(stub.cases.find(id)?.state).toBe("dispatched");
    await page.keyboard.press("Escape");
    await expect.poll(() => form.count(), { timeout: PATIENCE }).toBe(0);
    expect(await page.locator(".drawer").count()).toBe(1);
    await desk.locator("[data-act=audit]").dispatchEvent("click");
    await form.locator(".main").dispatchEvent("click");
    await expect.poll(() => desk.locator(".tag.case").textContent(), { timeout: PATIENCE }).toBe("核实中");
    await desk.locator("[data-act=review-false]").dispatchEvent("click");
    await form.locator("textarea").focus();
    await page.keyboard.type("jk/? 探头受潮");
    await page.screenshot({ path: `${SHOTS}/case-act-night-zh.png`, timeout: PATIENCE });
    expect(stub.cases.find(id)?.state).toBe("verifying");
    await form.locator(".main").dispatchEvent("click");
    await expect
      .poll(() => desk.locator(".outcome").textContent(), { timeout: PATIENCE })
      .toBe("已办理“判为误报”，案件现为“误报”");
    expect(stub.cases.find(id)?.steps.at(-1)).toMatchObject({ role: "S", reason: "jk/? 探头受潮" });
    expect(faults).toEqual([]);
    await page.close();
  });

  it("says what is allowed instead when somebody else was quicker", async () => {
    const { page } = await open("/");
    await drawn(page);
    const kitchen = stub.city.kitchens[6_543]!;
    stub.raise(kitchen.id, "T09");
    await openAlertOf(page, kitchen.name);
    const desk = deskOf(page);
    await desk.locator("[data-act=acknowledge]").dispatchEvent("click");
    await desk.locator("form.act").waitFor();
    stub.cases.move(stub.alerts.of(kitchen.id).find(({ code }) => code === "T09")!.case, "acked");
    await desk.locator("form.act .main").dispatchEvent("click");
    await expect
      .poll(() => desk.locator(".outcome.refused").textContent(), { timeout: PATIENCE })
      .toBe("未办理：案件“已签收”时不能“签收”。现在可以：开始整改、抽查复核、备注");
    await page.close();
  });

  it("shows who sees one banner that banner, and only its own role's buttons", async () => {
    const inside = stub.city.kitchens.filter(({ banner }) => banner === "150603");
    const kitchens = inside.map(({ id }) => id);
    const scoped = new CityStub({ who: { id: "q-7", role: "Q", area: "banner:150603", kitchens } });
    const origin = await scoped.start();
    const { page, faults } = await open("/", origin);
    await page.locator(".town-label[style*='visible']").first().waitFor();
    await page.locator(".alert").first().waitFor();
    await expect
      .poll(() => page.locator("#kitchen-total").textContent(), { timeout: PATIENCE })
      .toBe(String(inside.length));
    expect(await page.locator(".banners li").count()).toBe(1);
    expect(await page.locator("#account").getAttribute("aria-label")).toBe("当前账号: q-7, 旗区局, 康巴什区");
    expect(await page.locator(".outside").textContent()).toContain("范围外 10,");
    const elsewhere = scoped.city.kitchens.find(({ banner }) => banner === "150602")!;
    await page.locator("#search").fill(elsewhere.id);
    await page.locator("#search-results .empty").waitFor();
    await page.locator("#search").fill("");
    scoped.raise(inside[3]!.id, "T09");
    await openAlertOf(page, inside[3]!.name);
    await deskOf(page).locator("[data-act=comment]").waitFor();
    expect(await deskOf(page).locator("[data-act=acknowledge], .act-as").count()).toBe(0);
    await page.screenshot({ path: `${SHOTS}/banner-night-zh.png`, timeout: PATIENCE });
    expect(faults).toEqual([]);
    await page.close();
    await scoped.stop();
  });

  it("asks for a token again when the session has ended", async () => {
    const ending = new CityStub();
    const origin = await ending.start();
    const { page } = await open("/", origin);
    await drawn(page);
    await page.locator("#account").dispatchEvent("click");
    await page.locator(".dialog .who").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".dialog .who").count(), { timeout: PATIENCE }).toBe(0);
    ending.lock();
    ending.cut();
    await expect
      .poll(() => page.locator("form.dialog").textContent(), { timeout: PATIENCE })
      .toContain("登录已失效");
    await page.locator("input[name=token]").fill(STUB_TOKEN);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("input[name=token]").count(), { timeout: PATIENCE }).toBe(0);
    await drawn(page);
    await page.close();
    await ending.stop();
  });

  it("opens a kitchen by search, and the alert under the cursor by keys", async () => {
    const { page, faults } = await open("/");
    await drawn(page);
    const kitchen = stub.city.kitchens[100]!;
    await page.keyboard.press("/");
    await page.keyboard.type(kitchen.name);
    await page.locator("[role=option]").first().waitFor();
    await page.keyboard.press("Enter");
    const name = page.locator(".drawer h2");
    await expect.poll(() => name.textContent(), { timeout: PATIENCE }).toBe(kitchen.name);
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    const current = page.locator(".alert.current .where");
    await current.waitFor();
    await page.keyboard.press("Enter");
    await name.waitFor();
    expect(await current.textContent()).toContain(await name.textContent());
    expect(faults).toEqual([]);
    await page.close();
  });

  it("finds a kitchen by the code on its licence", async () => {
    const { page, faults } = await open("/");
    await drawn(page);
    const kitchen = stub.city.kitchens[7_777]!;
    await page.locator("#search").fill(kitchen.code);
    await expect
      .poll(() => page.locator("[role=option]").first().textContent(), { timeout: PATIENCE })
      .toContain(kitchen.name);
    expect(faults).toEqual([]);
    await page.close();
  });

  it("speaks English by day if asked, and keeps to it", async () => {
    const { page, faults } = await open("/?lang=en&theme=day");
    await drawn(page);
    expect(await page.locator(".brand strong").textContent()).toBe("Warm City Twin");
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.screenshot({ path: `${SHOTS}/city-day-en.png`, timeout: PATIENCE });
    await page.locator(".tools .text").dispatchEvent("click");
    await expect
      .poll(() => page.locator(".brand strong").textContent(), { timeout: PATIENCE })
      .toBe("暖城孪生");
    expect(await page.evaluate("localStorage.getItem('lang')")).toBe("zh");
    expect(faults).toEqual([]);
    await page.close();
  });

  it("says that the connection is lost, and goes on by itself when it is back", async () => {
    const { page } = await open("/");
    await drawn(page);
    const feed = page.locator(".feed");
    await expect.poll(() => feed.getAttribute("class"), { timeout: PATIENCE }).toContain("feed-live");
    const port = Number(new URL(address).port);
    await stub.stop();
    await expect.poll(() => feed.getAttribute("class"), { timeout: PATIENCE }).toContain("feed-lost");
    await page.locator(".stale").waitFor();
    stub = new CityStub();
    await stub.start(port);
    await expect.poll(() => feed.getAttribute("class"), { timeout: PATIENCE }).toContain("feed-live");
    await expect.poll(() => page.locator(".stale").count(), { timeout: PATIENCE }).toBe(0);
    await page.close();
  });

  it("asks for the token, refuses a wrong one, and opens with the right one", async () => {
    const locked = new CityStub({ locked: true });
    const origin = await locked.start();
    const { page } = await open("/", origin);
    const token = page.locator("input[name=token]");
    await token.fill("not-the-token");
    await page.keyboard.press("Enter");
    await page.locator(".dialog .wrong").waitFor();
    await token.fill(STUB_TOKEN);
    await page.keyboard.press("Enter");
    await drawn(page);
    expect(await page.locator("input[name=token]").count()).toBe(0);
    await page.close();
    await locked.stop();
  });

  it("signs in by a link and leaves no token in the address", async () => {
    const locked = new CityStub({ locked: true });
    const origin = await locked.start();
    const { page, faults } = await open(`/#token=${STUB_TOKEN}`, origin);
    await drawn(page);
    expect(page.url()).not.toContain("token");
    expect(faults).toEqual([]);
    await page.close();
    await locked.stop();
  });
});
