#include "report/page_style.h"

namespace papertray {

std::string_view dashboard_style() {
  return R"css(:root {
  --paper: #f6f5f1; --card: #fff; --ink: #211f1b; --quiet: #625d54; --rule: #dcd8ce; --accent: #8a3215; --bar: #6d6559;
  --sans: "Avenir Next", "Source Sans 3", "Segoe UI", Lato, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Source Code Pro", "DejaVu Sans Mono", Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #171613; --card: #211f1b; --ink: #e9e5dc; --quiet: #a9a296; --rule: #3a372f; --accent: #f0a27f; --bar: #b3aa9b; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { max-width: 80rem; margin: 0 auto; padding: 0 1.25rem 3rem; background: var(--paper); color: var(--ink); font: .98rem/1.5 var(--sans); overflow-wrap: anywhere; }
body.one { max-width: 52rem; }
h1, h2, h3, p, dl, dd, ol, ul { margin: 0; padding: 0; }
ol, ul { list-style: none; }
header { padding: 2.2rem 0 1.4rem; }
h1 { font-size: clamp(1.5rem, 1.2rem + 1.4vw, 2.1rem); line-height: 1.2; font-weight: 600; letter-spacing: -.01em; }
h2 { font-size: .84rem; font-weight: 600; letter-spacing: .06em; text-transform: uppercase; color: var(--quiet); margin-bottom: .8rem; }
h3 { font-size: 1rem; margin-bottom: .5rem; }
h4 { font-size: .92rem; margin: .9rem 0 .2rem; }
main > section, body.one h2 { margin-top: 2.6rem; }
.event { font-weight: 600; font-size: .88rem; color: var(--accent); margin-bottom: .4rem; }
.when, .beside, .none { color: var(--quiet); }
.beside { margin-top: .7rem; font-size: .9rem; }
a { color: var(--accent); text-underline-offset: .18em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100vw; top: .5rem; padding: .5rem .8rem; background: var(--card); }
.skip:focus { left: 1.25rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); background: var(--card); border: 1px solid var(--rule); border-radius: 8px; overflow: hidden; }
.numbers > div { display: flex; flex-direction: column-reverse; padding: .9rem 1.1rem; margin: 0 -1px -1px 0; border: solid var(--rule); border-width: 0 1px 1px 0; }
.numbers dd { font-size: 1.8rem; font-weight: 300; line-height: 1.15; font-variant-numeric: tabular-nums lining-nums; }
.numbers small { font-size: .84rem; font-weight: 400; color: var(--quiet); white-space: nowrap; }
.numbers dt { color: var(--quiet); font-size: .9rem; }

main > .card { margin-top: 1.1rem; }
.cards { columns: 22rem; column-gap: 1.1rem; margin-top: 1.1rem; }
.cards > .card { break-inside: avoid; margin-bottom: 1.1rem; }
.card { padding: 1.1rem 1.2rem; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; min-width: 0; }
.one .card { margin-bottom: 1rem; }
dl:not(.numbers) { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .3rem 1.2rem; }
dt { color: var(--quiet); }
.waiting li { padding: .35rem 0; }
code { font: .88em var(--mono); color: var(--quiet); }

.timeline { display: block; width: 100%; height: auto; max-height: 32rem; }
.timeline text { font: 12.5px var(--sans); fill: var(--quiet); font-variant-numeric: tabular-nums; }
.timeline .grid { stroke: var(--rule); stroke-width: 1; }
.timeline .area { fill: var(--ink); fill-opacity: .07; }
.timeline .submissions { fill: none; stroke: var(--ink); stroke-width: 2; stroke-linejoin: round; }
.timeline .versions { fill: none; stroke: var(--quiet); stroke-width: 1.4; stroke-dasharray: 1.5 3; stroke-linecap: round; }
.timeline .deadline { stroke: var(--accent); stroke-width: 1.6; stroke-dasharray: 7 4; }
details { margin-top: .8rem; }
summary { cursor: pointer; color: var(--accent); }

table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums lining-nums; }
caption { text-align: left; color: var(--quiet); padding-bottom: .5rem; }
th, td { text-align: left; font-weight: 400; vertical-align: top; padding: .32rem .9rem .32rem 0; }
thead th { font-size: .86rem; color: var(--quiet); border-bottom: 1px solid var(--rule); white-space: nowrap; }
tbody tr + tr > * { border-top: 1px solid var(--rule); }
.number { text-align: right; }
.bars th { width: 48%; padding-left: 0; }
.bars tbody tr + tr > * { border-top: 0; }
.bar { width: 40%; padding-right: 0; vertical-align: middle; }
.bar svg { display: block; width: 100%; height: .72rem; }
.bar rect { fill: var(--bar); }
.wide { overflow-x: auto; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: .9rem 1.1rem; }
.wide table { min-width: 56rem; }
.wide td, .wide th { overflow-wrap: normal; }
.wide .title { min-width: 18rem; overflow-wrap: anywhere; }
td.when, td.lateness { white-space: nowrap; color: inherit; }
tr.late .lateness { font-weight: 600; }
blockquote { margin: .9rem 0 0; padding-left: .9rem; border-left: 2px solid var(--rule); }
blockquote p + p { margin-top: .5rem; }
.history li, .findings li { padding: .3rem 0; }
.history time { color: var(--quiet); font-variant-numeric: tabular-nums; }
@media (min-width: 60rem) { .timeline text { font-size: 8px; } }
@media (max-width: 34rem) {
  .timeline text { font-size: 19px; }
  dl:not(.numbers) { grid-template-columns: 1fr; gap: 0; }
  dl:not(.numbers) dd { margin-bottom: .45rem; }
}
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --quiet: #444; --rule: #bbb; --accent: #000; --bar: #555; }
  body { max-width: none; font-size: 9.5pt; padding: 0; }
  .skip, details { display: none; }
  .card { break-inside: avoid; }
  .wide { overflow: visible; } .wide table { min-width: 0; }
}
)css";
}

}  // namespace papertray
