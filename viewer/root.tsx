import { component$ } from "@builder.io/qwik";
import { QwikCityProvider, RouterOutlet, useDocumentHead } from "@builder.io/qwik-city";
import "./style/tokens.css";
import "./style/page.css";
import "./style/map.css";
import "./style/panels.css";
import "./style/drawer.css";
import "./style/case.css";
import "./style/narrow.css";

/** Language and theme before the first paint, so that nothing flashes. */
const EARLY = `(() => {
  const wanted = new URLSearchParams(location.search);
  const read = (name) => { try { return wanted.get(name) ?? localStorage.getItem(name); } catch { return wanted.get(name); } };
  document.documentElement.lang = read("lang") === "en" ? "en" : "zh-CN";
  document.documentElement.dataset.theme = read("theme") === "day" ? "day" : "night";
})()`;

const Head = component$(() => {
  const { title } = useDocumentHead();
  return (
    <>
      <title>{title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="dark light" />
      <link rel="icon" type="image/svg+xml" href="/icon.svg" />
      <script dangerouslySetInnerHTML={EARLY} />
    </>
  );
});

export default component$(() => (
  <QwikCityProvider>
    <head>
      <meta charset="utf-8" />
      <Head />
    </head>
    <body>
      <RouterOutlet />
    </body>
  </QwikCityProvider>
));
