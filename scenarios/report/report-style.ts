/** The look of the report: one sheet, light and dark, wide and narrow, on paper as well. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--paper:#f5f3ef;--card:#ffffff;--ink:#1f2328;--soft:#5c6470;--line:#e1ddd5;--grid:#ece8e0;
--accent:#b8562b;--ok:#2c7d4f;--ok-soft:#e2f1e8;--bad:#b3261e;--bad-soft:#fbe4e1;--l1:#b3261e;--l2:#e0641f;--l3:#e0a21f;--l4:#4a7fb8;
--truth:#7a3b2e;--calm:#b9b2a6;--muted:#c9c4ba;--blue:#3a6ea5;--teal:#2b8a85;--violet:#7559a8;--inside:#ffffff;--shadow:0 1px 2px rgba(40,30,20,.06),0 8px 24px rgba(40,30,20,.05)}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--paper:#14161a;--card:#1c1f25;--ink:#e9e6e0;--soft:#a0a6b0;--line:#2d323a;--grid:#262b32;
--accent:#e58a5c;--ok:#63c08c;--ok-soft:#1c3327;--bad:#ff7d72;--bad-soft:#3d1f1d;--l1:#f0584c;--l2:#f08a4b;--l3:#e8b84a;--l4:#6ea3dc;
--truth:#c98471;--calm:#565b64;--muted:#484d56;--blue:#6a9fd8;--teal:#55b5af;--violet:#a58bd8;--inside:#14161a;--shadow:none}}
:root[data-theme=dark]{color-scheme:dark;--paper:#14161a;--card:#1c1f25;--ink:#e9e6e0;--soft:#a0a6b0;--line:#2d323a;--grid:#262b32;
--accent:#e58a5c;--ok:#63c08c;--ok-soft:#1c3327;--bad:#ff7d72;--bad-soft:#3d1f1d;--l1:#f0584c;--l2:#f08a4b;--l3:#e8b84a;--l4:#6ea3dc;
--truth:#c98471;--calm:#565b64;--muted:#484d56;--blue:#6a9fd8;--teal:#55b5af;--violet:#a58bd8;--inside:#14161a;--shadow:none}
:root[data-theme=light]{color-scheme:light}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:16px}
html:not([data-language=en]) .en,html[data-language=en] .zh{display:none}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.6 "PingFang SC","Noto Sans SC","Microsoft YaHei",system-ui,sans-serif}
main,header.top{max-width:1240px;margin:0 auto;padding:0 28px}
header.top{padding-top:40px;display:flex;gap:24px;align-items:flex-start;justify-content:space-between}
h1{font-size:30px;line-height:1.25;margin:0 0 8px;letter-spacing:.01em}
header.top p{margin:0;color:var(--soft);max-width:62ch}
.switches{display:flex;gap:8px;flex:none}
button{font:inherit;font-size:13px;padding:5px 13px;border:1px solid var(--line);background:var(--card);color:var(--ink);border-radius:999px;cursor:pointer}
button:hover{border-color:var(--accent);color:var(--accent)}
button:focus-visible,a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:14px;margin:28px 0}
.figure{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:16px 20px;box-shadow:var(--shadow)}
.figure b{display:block;white-space:nowrap;font-size:30px;line-height:1.2;font-variant-numeric:tabular-nums;font-weight:650}
.figure span{color:var(--soft);font-size:13px}
.figure.good b{color:var(--ok)}.figure.bad b{color:var(--bad)}
.card{background:var(--card);border:1px solid var(--line);border-radius:16px;box-shadow:var(--shadow);margin:0 0 24px;padding:22px 26px;overflow:hidden}
table{border-collapse:collapse;width:100%;font-size:14px}
th{font-weight:500;color:var(--soft);text-align:left;font-size:12.5px}
th,td{padding:7px 10px;border-bottom:1px solid var(--line);vertical-align:top}
tr:last-child td{border-bottom:0}
th.number,td.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
a{color:inherit;text-decoration:none}a:hover{color:var(--accent)}
.name{color:var(--soft);font-size:12.5px;font-family:ui-monospace,"SF Mono",Consolas,monospace}
.chips{display:flex;flex-wrap:wrap;gap:6px}
.chip{display:inline-flex;gap:6px;align-items:center;border-radius:999px;padding:2px 10px;font-size:12.5px;background:var(--ok-soft);color:var(--ok);white-space:nowrap}
.chip.bad{background:var(--bad-soft);color:var(--bad)}
.chip::before{content:"";width:7px;height:7px;border-radius:50%;background:currentColor}
h2{font-size:20px;margin:0;line-height:1.35}
.head{display:flex;gap:16px;justify-content:space-between;align-items:flex-start;flex-wrap:wrap;margin-bottom:14px}
.scroll{overflow-x:auto;margin:0 -6px;padding:0 6px}
svg{display:block;width:100%;min-width:860px;height:auto;font-size:12px;fill:var(--ink)}
.grid{stroke:var(--grid)}.rule{stroke:var(--line)}.thread{stroke:var(--grid)}
.tick{fill:var(--soft);font-size:11px;font-variant-numeric:tabular-nums}
.group{font-weight:600;font-size:12px}.lane{fill:var(--soft);font-size:12px}
.span{fill:var(--calm)}.span.truth{fill:var(--truth)}.span.l1{fill:var(--l1)}.span.l2{fill:var(--l2)}.span.l3{fill:var(--l3)}.span.l4{fill:var(--l4)}.span.suppressed{fill:var(--muted)}
.span.truth{opacity:.75}.span.many{opacity:.45}
.case-new,.case-verifying,.case-suppressed{fill:var(--muted)!important}.case-confirmed,.case-dispatched,.case-reopened{fill:var(--blue)!important}
.case-acked,.case-rectifying{fill:var(--teal)!important}.case-submitted,.case-recheck{fill:var(--violet)!important}.case-escalated{fill:var(--l1)!important}
.case-closed,.case-transferred{fill:var(--ok)!important}.case-false,.case-merged{fill:var(--calm)!important}
.inside{fill:var(--inside);font-size:10.5px;pointer-events:none}
.point{fill:var(--soft)}.point.act{fill:var(--accent)}.point.word{fill:var(--blue)}.point.finding{fill:var(--soft);opacity:.7}
.point.met{fill:var(--ok)}.point.unmet{fill:var(--bad)}.whisker{stroke:var(--ok);stroke-width:2;opacity:.55}.whisker.unmet{stroke:var(--bad)}
.values{fill:none;stroke:var(--accent);stroke-width:1.6;stroke-linejoin:round}
.limit{stroke:var(--bad);stroke-dasharray:5 4;opacity:.7}.limit-name{fill:var(--bad);font-size:11px}
details{border-top:1px solid var(--line);margin-top:14px;padding-top:10px}
summary{cursor:pointer;color:var(--soft);font-size:13.5px;padding:2px 0}
summary:hover{color:var(--accent)}
.verdicts{margin:10px 0 0}
.verdict{padding:9px 0;border-top:1px solid var(--line)}
.verdict:first-child{border-top:0}
.verdict h3{margin:0 0 4px;font-size:14.5px;font-weight:500;display:flex;gap:9px}
.verdict h3::before{content:"✓";color:var(--ok);font-weight:700}.verdict.bad h3::before{content:"✕";color:var(--bad)}
.rows{font:12.5px/1.55 ui-monospace,"SF Mono",Consolas,"Noto Sans SC",monospace;color:var(--soft);margin:0 0 0 22px;width:calc(100% - 22px)}
.rows td{border:0;padding:1px 14px 1px 0;overflow-wrap:anywhere;white-space:pre-wrap;width:50%}
.rows th{font:inherit;font-size:11.5px;padding:0}
.rows tr.bad td{color:var(--bad)}
.legend{display:flex;flex-wrap:wrap;gap:6px 18px;color:var(--soft);font-size:12.5px;margin:-8px 0 24px}.legend i{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:6px;vertical-align:-1px}
main{padding-bottom:48px}
@media (max-width:720px){.figure b{font-size:23px}header.top{flex-direction:column}main,header.top{padding-left:16px;padding-right:16px}.card{padding:18px 16px}.wide{display:none}}
@media print{.switches{display:none}.card{break-inside:avoid;box-shadow:none}details{display:none}}
`.trim();

/** Language and theme: from the address (#en, #dark), else the reader's own; no storage, no network. */
export const REPORT_SCRIPT = `
const root = document.documentElement;
const speak = (language) => { root.dataset.language = language; root.lang = language === "en" ? "en" : "zh-CN"; };
const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
const hash = location.hash.slice(1).split(",");
speak(hash.includes("en") || (!hash.includes("zh") && !navigator.language.startsWith("zh")) ? "en" : "zh");
if (hash.includes("dark")) root.dataset.theme = "dark";
if (hash.includes("light")) root.dataset.theme = "light";
document.getElementById("language").onclick = () => speak(root.dataset.language === "en" ? "zh" : "en");
document.getElementById("theme").onclick = () => { root.dataset.theme = isDark() ? "light" : "dark"; };
`.trim();
