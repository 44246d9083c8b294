/** A run of scenarios as one HTML file that needs nothing else: figures, a table, and for each story its timeline. */
import { metOf, passed, type ScenarioRun, type WayRun } from "../scenario-run.ts";
import { isMet, type Verdict } from "../verdict.ts";
import { curveSvg } from "./curve-svg.ts";
import { curvesOf } from "./curves.ts";
import { escaped } from "./junit.ts";
import { LABEL_WIDTH, PICTURE_WIDTH, spoken } from "./page-text.ts";
import { REPORT_SCRIPT, REPORT_STYLE } from "./report-style.ts";
import { LEGEND, LEVEL_NAMES, SAYS, TITLE, WAY_NAMES } from "./report-words.ts";
import { rowText } from "./row-words.ts";
import { type Axis, spanned } from "./time-axis.ts";
import { type Lane, lanesOf } from "./timeline.ts";
import { timelineSvg } from "./timeline-svg.ts";

/** What of a run the report shows; made while the story is at hand, since a told story is large. */
export interface Chapter {
  readonly run: Omit<ScenarioRun, "story">;
  /** Timeline and curves. */
  readonly pictures: readonly string[];
}

/** Right of the pictures there is room for the last tick. */
const MARGIN = 24;

export function chapterOf(run: ScenarioRun): Chapter {
  const { story, ...rest } = run;
  const alone = run.ways.find(({ way }) => way === "alone");
  if (story === null || alone === undefined) return { run: rest, pictures: [] };
  // Its first verdicts are those of what is expected as data; a check may tell another story.
  const expected = "story" in run.scenario ? (run.scenario.expects?.length ?? 0) : 0;
  const lanes = lanesOf(story, alone.verdicts.slice(0, expected));
  const span = spanned(timesOf(lanes), story.from, story.until);
  const axis: Axis = { ...span, left: LABEL_WIDTH, width: PICTURE_WIDTH - LABEL_WIDTH - MARGIN };
  const curves = curvesOf(story).map((curve) => curveSvg(curve, axis));
  return { run: rest, pictures: [timelineSvg(lanes, axis), ...curves] };
}

function timesOf(lanes: readonly Lane[]): number[] {
  return lanes.flatMap(({ group, spans, points }) => [
    ...points.map(({ at }) => at),
    ...(group === "cases" ? spans.map(({ from }) => from) : spans.flatMap(({ from, to }) => [from, to])),
  ]);
}

export function htmlReport(chapters: readonly Chapter[]): string {
  const language = `<button id="language" type="button"><span class="zh">English</span><span class="en">中文</span></button>`;
  const theme = `<button id="theme" type="button">${spoken(SAYS.theme)}</button>`;
  return `<!doctype html>
<html lang="zh-CN" data-language="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${TITLE.zh} / ${TITLE.en}`)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<header class="top"><div><h1>${spoken(TITLE)}</h1><p>${spoken(SAYS.about)}</p></div><div class="switches">${language}${theme}</div></header>
<main>
${figures(chapters)}
${overview(chapters)}
${legend()}
${chapters.map(section).join("\n")}
</main>
<script>${REPORT_SCRIPT}</script>
</body>
</html>
`;
}

function figures(chapters: readonly Chapter[]): string {
  const ways = chapters.flatMap(({ run }) => run.ways);
  const good = chapters.filter(({ run }) => run.ways.every(passed)).length;
  const verdicts = ways.flatMap((told) => told.verdicts);
  const broken = ways.reduce((sum, { violations }) => sum + (violations?.length ?? 0), 0);
  const minutes = ways.reduce((sum, { wallMs }) => sum + wallMs, 0) / 60_000;
  const figure = (text: string, name: (typeof SAYS)[keyof typeof SAYS], isGood: boolean | null) =>
    `<div class="figure${isGood === null ? "" : isGood ? " good" : " bad"}"><b>${text}</b><span>${spoken(name)}</span></div>`;
  return `<div class="figures">${[
    figure(`${good} / ${chapters.length}`, SAYS.stories, good === chapters.length),
    figure(`${metOf(verdicts)} / ${verdicts.length}`, SAYS.expectations, verdicts.every(isMet)),
    figure(broken === 0 ? "I1–I10 ✓" : `${broken} ✕`, SAYS.invariants, broken === 0),
    figure(`${minutes.toFixed(1)} min`, SAYS.duration, null),
  ].join("")}</div>`;
}

function overview(chapters: readonly Chapter[]): string {
  const rows = chapters.map(
    ({ run: { scenario, seed, ways } }) =>
      `<tr><td><a href="#${anchor(scenario.name, seed)}">${spoken(scenario.title)}</a><br><span class="name">${escaped(scenario.name)}</span></td>` +
      `<td class="wide"><div class="chips">${ways.map(chip).join("")}</div></td>` +
      `<td class="number">${metOf(ways.flatMap(({ verdicts }) => verdicts))} / ${ways.flatMap(({ verdicts }) => verdicts).length}</td>` +
      `<td class="number wide">${(ways.reduce((sum, { wallMs }) => sum + wallMs, 0) / 1_000).toFixed(1)} s</td></tr>`,
  );
  const head = `<tr><th>${spoken(SAYS.stories)}</th><th class="wide">${spoken(SAYS.told)}</th><th class="number">${spoken(SAYS.expectations)}</th><th class="number wide">${spoken(SAYS.duration)}</th></tr>`;
  return `<div class="card"><table>${head}${rows.join("")}</table></div>`;
}

function legend(): string {
  const colours = [
    ...Object.entries(LEVEL_NAMES).map(([level, name]) => ({ colour: level.toLowerCase(), name })),
    ...LEGEND,
  ];
  const items = colours.map(
    ({ colour, name }) => `<span><i style="background:var(--${colour})"></i>${spoken(name)}</span>`,
  );
  return `<div class="legend">${items.join("")}</div>`;
}

function anchor(name: string, seed: number | null): string {
  return seed === null ? name : `${name}-${seed}`;
}

function chip(told: WayRun): string {
  const { way, verdicts } = told;
  const name = spoken(WAY_NAMES[way] ?? { zh: way, en: way });
  return `<span class="chip${passed(told) ? "" : " bad"}">${name} ${metOf(verdicts)}/${verdicts.length}</span>`;
}

function section({ run: { scenario, seed, ways }, pictures }: Chapter): string {
  const seeds = seed === null ? "" : ` · ${spoken(SAYS.seed)} ${seed}`;
  const head = `<div class="head"><div><h2>${spoken(scenario.title)}</h2><span class="name">${escaped(scenario.name)}${seeds}</span></div><div class="chips">${ways.map(chip).join("")}</div></div>`;
  const shown = pictures.length === 0 ? "" : `<div class="scroll">${pictures.join("")}</div>`;
  return `<section class="card" id="${anchor(scenario.name, seed)}">${head}${shown}${ways.map(wayDetails).join("")}</section>`;
}

/** Open where something is not as expected. */
function wayDetails(told: WayRun): string {
  const { way, verdicts, violations } = told;
  const broken = (violations ?? []).map((violation) => ({ wanted: "-", seen: violation, met: false }));
  const invariants: Verdict[] =
    violations === null
      ? []
      : [
          {
            says: SAYS.invariants,
            rows: broken.length > 0 ? broken : [{ wanted: "-", seen: "-", met: true }],
          },
        ];
  const name = spoken(WAY_NAMES[way] ?? { zh: way, en: way });
  const summary = `<summary>${name} · ${spoken(SAYS.wanted)} / ${spoken(SAYS.seen)} · ${metOf(verdicts)}/${verdicts.length}</summary>`;
  const body = [...verdicts, ...invariants].map(verdictHtml).join("");
  return `<details${passed(told) ? "" : " open"}>${summary}<div class="verdicts">${body}</div></details>`;
}

/** Of a verdict with very many rows the unmet ones come first, and not all are shown. */
const ROWS_MAX = 24;

function verdictHtml(verdict: Verdict): string {
  const { says, rows } = verdict;
  const sorted = [...rows.filter(({ met }) => !met), ...rows.filter(({ met }) => met)];
  const shown = rows.length <= ROWS_MAX ? rows : sorted.slice(0, ROWS_MAX);
  const lines = shown
    .filter(({ wanted, seen }) => wanted !== "-" || seen !== "-")
    .map(
      ({ wanted, seen, met }) =>
        `<tr${met ? "" : ' class="bad"'}><td>${spoken(rowText(wanted))}</td><td>${spoken(rowText(seen))}</td></tr>`,
    );
  const more = rows.length - shown.length;
  const rest = more === 0 ? "" : `<tr><td>+ ${more}</td><td></td></tr>`;
  const head = `<tr><th>${spoken(SAYS.wanted)}</th><th>${spoken(SAYS.seen)}</th></tr>`;
  const table = lines.length === 0 ? "" : `<table class="rows">${head}${lines.join("")}${rest}</table>`;
  return `<div class="verdict${isMet(verdict) ? "" : " bad"}"><h3><span>${spoken(says)}</span></h3>${table}</div>`;
}
