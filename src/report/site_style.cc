#include "report/page_style.h"

namespace papertray {

std::string_view site_style() {
  return R"css(:root {
  --paper: #fbfaf7; --ink: #22201c; --quiet: #655f55; --rule: #ddd8cc; --accent: #8a3215; --tint: #f2efe7;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", Palatino, "Palatino Linotype", Georgia, serif;
  --sans: "Avenir Next", "Source Sans 3", "Segoe UI", Lato, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Source Code Pro", "DejaVu Sans Mono", Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #191815; --ink: #e9e5dc; --quiet: #a8a195; --rule: #3a372f; --accent: #f0a27f; --tint: #23211c; }
}
* { box-sizing: border-box; }
html { font-size: 106.25%; scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  max-width: 46rem; margin: 0 auto; padding: 0 1.25rem 3rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--serif); overflow-wrap: anywhere;
}
h1, h2, h3, p, dl, dd, ol, ul, pre { margin: 0; padding: 0; }
ol, ul { list-style: none; }
h1 { font-size: clamp(1.9rem, 1.3rem + 2.8vw, 2.9rem); line-height: 1.12; font-weight: 600; letter-spacing: -.012em; text-wrap: balance; }
h2 { margin: 3.25rem 0 1.1rem; padding-top: .7rem; border-top: 1px solid var(--rule); font: 600 .82rem/1.4 var(--sans); letter-spacing: .09em; text-transform: uppercase; color: var(--quiet); }
h3 { font-size: 1.14rem; line-height: 1.35; font-weight: 600; text-wrap: pretty; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
:target { scroll-margin-top: 1rem; }
li:target { background: var(--tint); box-shadow: 0 0 0 .6rem var(--tint); }
.skip { position: absolute; left: -100vw; top: .5rem; padding: .5rem .8rem; background: var(--paper); font-family: var(--sans); }
.skip:focus { left: 1.25rem; }

.top { padding-top: clamp(2.2rem, 7vw, 5rem); }
.event, .home { font: 600 .82rem/1.4 var(--sans); letter-spacing: .09em; text-transform: uppercase; color: var(--accent); margin-bottom: .7rem; }
.when { margin-top: .9rem; font-size: 1.1rem; color: var(--quiet); }
.intro { margin-top: 1.4rem; font-size: 1.12rem; max-width: 38rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; margin-top: 1.8rem; font: .95rem/1.9 var(--sans); }
.count { font-weight: 400; letter-spacing: 0; }
.later { color: var(--quiet); font-style: italic; }

.dates > div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1.5rem; padding: .42rem 0; }
dt { font: 500 .95rem/1.65 var(--sans); }
dd time, .utc { font-variant-numeric: tabular-nums lining-nums; }
.utc { display: block; font: .86rem/1.4 var(--sans); color: var(--quiet); }

.papers > li { display: grid; grid-template-columns: 4.2rem 1fr; padding: 1.05rem 0; border-top: 1px solid var(--rule); break-inside: avoid; }
.papers > li:first-child { border-top: 0; padding-top: .2rem; }
.poster { font: 300 1.9rem/1.05 var(--sans); font-variant-numeric: tabular-nums lining-nums; color: var(--accent); }
.poster span { display: block; font: 500 .69rem/1.5 var(--sans); letter-spacing: .07em; text-transform: uppercase; color: var(--quiet); }
.about { grid-column: 2; min-width: 0; }
.papers h3 a { color: inherit; text-decoration-color: var(--rule); }
.papers h3 a:hover { color: var(--accent); text-decoration-color: currentColor; }
.authors { margin-top: .15rem; color: var(--quiet); font-style: italic; }
.files { margin-top: .35rem; font: .88rem/1.7 var(--sans); }
.files a { display: inline-block; padding: .1rem 0; }
.size { margin-right: 1.3rem; color: var(--quiet); font-variant-numeric: tabular-nums; }

.program li { display: grid; grid-template-columns: 4.2rem 1fr; padding: .42rem 0; }
.program .time { font: 500 .95rem/1.65 var(--sans); font-variant-numeric: tabular-nums lining-nums; color: var(--quiet); }
.program .what, .program .who { grid-column: 2; }
.who { color: var(--quiet); font-style: italic; }
section > h3 { margin-top: 1.6rem; }
.questions { margin-top: .7rem; }
.questions li { padding: .2rem 0 .2rem 1.1rem; margin: .6rem 0; border-left: 2px solid var(--rule); }
.questions p + p { margin-top: .6rem; }

.paper h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.3rem); }
.paper .top { padding-top: 1.6rem; margin-bottom: clamp(1.8rem, 5vw, 3.4rem); }
.paper .authors { margin-top: .8rem; font-size: 1.12rem; }
.paper .files { margin-top: 1.5rem; }
.home { text-transform: none; letter-spacing: 0; }
.button { padding: .5rem 1.1rem !important; border: 1px solid var(--accent); border-radius: 4px; text-decoration: none; font-weight: 600; }
.button:hover { background: var(--accent); color: var(--paper); }
pre { padding: 1rem 1.1rem; background: var(--tint); border-radius: 4px; font: .84rem/1.6 var(--mono); white-space: pre-wrap; }
.around ul { justify-content: space-between; gap: 1.2rem 2rem; margin-top: 3.25rem; padding-top: 1.1rem; border-top: 1px solid var(--rule); }
.around li { flex: 1 1 14rem; line-height: 1.45; }
.around .next { text-align: right; }
.around .label { display: block; font-size: .78rem; color: var(--quiet); }

footer { margin-top: 3.5rem; padding-top: .9rem; border-top: 1px solid var(--rule); font: .88rem/1.9 var(--sans); color: var(--quiet); }
footer ul { display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; }

@media (max-width: 34rem) {
  .dates > div { grid-template-columns: 1fr; }
  .papers > li { display: block; }
  .poster { font-size: 1rem; line-height: 1.4; font-weight: 600; margin-bottom: .1rem; }
  .poster span { display: inline; font-size: .8rem; }
  .around .next { text-align: left; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --quiet: #444; --rule: #bbb; --accent: #000; --tint: #fff; }
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  nav, footer, .skip { display: none; }
  a { text-decoration: none; }
  h2 { margin-top: 1.6rem; break-after: avoid; }
  h3 { break-after: avoid; }
  pre { padding: 0; }
}
)css";
}

}  // namespace papertray
