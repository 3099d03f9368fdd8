/**
 * The page's only style. Colours are named by meaning; every text colour has at least 4.5:1 on every ground it stands on,
 * in light and dark. No style attribute is used anywhere, so the policy needs one hash.
 */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f6f5f1; --paper: #fffefb; --sunk: #efede7; --ink: #1c232e; --muted: #59616d; --rule: #dcd8ce; --soft: #e9e6dd;
  --accent: #2d5a87; --accent-soft: #dfe8f1;
  --critical: #a01237; --high: #a9480a; --medium: #7a5f00; --low: #36665a; --informational: #59616d;
  --for: #2d5a87; --against: #36665a; --valid: #b9cde1; --range: #9aa7b6;
  --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'URW Palladio L', 'Book Antiqua', Georgia, serif;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11151b; --paper: #181d25; --sunk: #0d1116; --ink: #e5e8ec; --muted: #a0a9b5; --rule: #2c343f; --soft: #222933;
    --accent: #92bce6; --accent-soft: #1f2e3e;
    --critical: #ff8a9f; --high: #f9a66c; --medium: #e0c25a; --low: #86c9b1; --informational: #a0a9b5;
    --for: #92bce6; --against: #86c9b1; --valid: #35506c; --range: #5d6a79;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: .9375rem/1.5 var(--sans); overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: .06em; }
a:focus-visible, button:focus-visible, summary:focus-visible, input:focus-visible, nav:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
h1, h2, h3, h4, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
ul { list-style: none; }
code { font: .92em/1.45 var(--mono); unicode-bidi: isolate; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999rem; top: .5rem; padding: .5rem .8rem; background: var(--paper); z-index: 9; }
.skip:focus { left: .5rem; }
.muted { color: var(--muted); font-weight: 400; }
.small { font-size: .85rem; }
.n { font: 500 .8em var(--sans); color: var(--muted); font-variant-numeric: tabular-nums; }
.number { font-variant-numeric: tabular-nums; }

.bar { position: sticky; top: 0; z-index: 5; display: flex; align-items: center; gap: 1.75rem; padding: .55rem max(1.25rem, calc((100vw - 82rem) / 2)); background: var(--ground); border-bottom: 1px solid var(--rule); }
.brand { display: flex; align-items: center; gap: .5rem; color: var(--ink); text-decoration: none; font: 600 1.1rem var(--serif); }
.mark { fill: none; stroke: var(--accent); stroke-width: 1.6; stroke-linecap: round; }
.bar nav { min-width: 0; overflow-x: auto; }
.bar nav ul { display: flex; gap: 1.25rem; }
.bar nav a { display: block; padding: .3rem 0; color: var(--muted); text-decoration: none; font-size: .9rem; white-space: nowrap; }
.bar nav a:hover { color: var(--ink); }
.search { display: none; margin-left: auto; align-items: center; gap: .75rem; }
.js .search { display: flex; flex-direction: row-reverse; }
.search input { width: 19rem; max-width: 100%; padding: .4rem .7rem; border: 1px solid var(--rule); border-radius: 6px; background: var(--paper); color: var(--ink); font: inherit; font-size: .9rem; }
.search input::placeholder { color: var(--muted); opacity: 1; }
#said { color: var(--muted); font-size: .85rem; white-space: nowrap; }

main, footer { max-width: 82rem; margin: 0 auto; padding: 0 1.25rem; }
section { margin-top: 2.75rem; }
.verdict { display: grid; grid-template-columns: minmax(0, 1.7fr) minmax(0, 1fr); gap: 3rem; margin-top: 2.25rem; align-items: end; }
.eyebrow { color: var(--muted); font-size: .85rem; letter-spacing: .01em; }
h1 { margin: .35rem 0 .8rem; font: 600 2.6rem/1.12 var(--serif); letter-spacing: -.012em; text-wrap: balance; }
.verdict.critical h1 { color: var(--critical); } .verdict.high h1 { color: var(--high); } .verdict.medium h1 { color: var(--medium); }
.lede { max-width: 46rem; font-size: 1.06rem; } .lede + .muted { max-width: 46rem; margin-top: .6rem; font-size: .92rem; }
.limits { padding-left: 1.25rem; border-left: 1px solid var(--rule); color: var(--muted); font-size: .92rem; }
.limits h2 { margin-bottom: .35rem; font: 600 .92rem var(--sans); color: var(--ink); }
.limits p + p { margin-top: .45rem; }
.numbers { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); margin-top: 1.75rem; border: 1px solid var(--rule); border-radius: 8px; background: var(--paper); }
.numbers li + li { border-left: 1px solid var(--rule); }
.numbers a { display: flex; flex-direction: column; height: 100%; padding: .75rem 1rem .8rem; color: inherit; text-decoration: none; }
.numbers a:hover .name { text-decoration: underline; }
.numbers .name { color: var(--muted); font-size: .85rem; }
.numbers .value { font: 600 1.75rem/1.25 var(--serif); font-variant-numeric: lining-nums tabular-nums; }
.numbers .note { color: var(--muted); font-size: .8rem; line-height: 1.35; }

.heading { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1rem; margin-bottom: .9rem; }
h2 { font: 600 1.5rem/1.25 var(--serif); }
h3 { margin: 2rem 0 .7rem; font: 600 1.08rem/1.35 var(--sans); }
h4 { margin: 0 0 .35rem; font: 600 .92rem var(--sans); }
.hint { color: var(--muted); font-size: .92rem; }
.empty { padding: 1.1rem 1.2rem; border: 1px dashed var(--rule); border-radius: 8px; color: var(--muted); }
.more { margin-top: .8rem; padding: .7rem 1rem; border-radius: 6px; background: var(--accent-soft); font-size: .92rem; }
.copy { display: none; padding: .12rem .55rem; border: 1px solid var(--rule); border-radius: 5px; background: transparent; color: var(--accent); font: 500 .8rem var(--sans); cursor: pointer; }
.js .copy { display: inline-block; }
.copy:hover { background: var(--accent-soft); }
#open-all { margin-left: auto; }

.with-index { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 1.75rem; align-items: start; }
.index { position: sticky; top: 4rem; max-height: calc(100vh - 5rem); overflow-y: auto; padding-right: .4rem; font-size: .85rem; }
.index h3 { margin: .45rem 0 .6rem; font-size: .85rem; color: var(--muted); font-weight: 500; }
.index > ul > li { margin-bottom: .7rem; }
.index .inside { font-weight: 600; font-variant-numeric: tabular-nums; }
.index a { display: flex; align-items: baseline; gap: .45rem; padding: .12rem 0; color: var(--muted); text-decoration: none; white-space: nowrap; }
.cut { min-width: 0; overflow: hidden; text-overflow: ellipsis; }
.index a:hover { color: var(--ink); text-decoration: underline; }
.dot { flex: none; width: .5rem; height: .5rem; border-radius: 50%; background: var(--informational); }
.dot.critical { background: var(--critical); } .dot.high { background: var(--high); } .dot.medium { background: var(--medium); } .dot.low { background: var(--low); }

.list { border: 1px solid var(--rule); border-radius: 8px; background: var(--paper); }
.operations { display: grid; gap: 0.8rem; margin: 0; padding: 0; list-style: none; }
.operations > li { padding: 0.8rem 1rem; border: 1px solid var(--rule); border-radius: 8px; }
.operations p { margin: 0.2rem 0; overflow-wrap: anywhere; }
.list > .empty, .list > .more { margin: 1rem; }
.axis-head, .card > summary { display: grid; grid-template-columns: 7rem minmax(0, 1fr) 17rem; gap: 1.1rem; padding-inline: 1.5rem 1.1rem; }
.axis-head { padding-block: .5rem .2rem; color: var(--muted); font-size: .8rem; border-bottom: 1px solid var(--rule); }
.axis { display: block; overflow: visible; } .axis text { fill: var(--muted); font: 11px var(--sans); font-variant-numeric: tabular-nums; }
.notch { stroke: var(--range); }
.card + .card { border-top: 1px solid var(--soft); }
.card > summary { position: relative; padding-block: .75rem; cursor: pointer; list-style: none; align-items: start; }
.card > summary::-webkit-details-marker { display: none; }
.card > summary::before { content: ''; position: absolute; left: .6rem; top: 1.18rem; border: 4px solid transparent; border-left: 5px solid var(--range); border-right: 0; }
.card[open] > summary::before { border: 4px solid transparent; border-top: 5px solid var(--range); border-bottom: 0; left: .5rem; top: 1.24rem; }
.card > summary:hover { background: var(--sunk); }
.card[open] > summary { background: var(--sunk); }
.rank { display: flex; flex-wrap: wrap; gap: 0 .6rem; align-items: baseline; align-content: start; }
.by { flex-basis: 100%; color: var(--muted); font-size: .8rem; line-height: 1.4; }
.severity { font-weight: 650; font-size: .9rem; }
.severity.critical { color: var(--critical); } .severity.high { color: var(--high); } .severity.medium { color: var(--medium); } .severity.low { color: var(--low); } .severity.informational { color: var(--informational); }
.score { color: var(--muted); font-size: .85rem; font-variant-numeric: tabular-nums; }
.who { min-width: 0; }
.pair { display: block; }
.inside { font-variant-numeric: tabular-nums; }
.pair .inside { font-weight: 600; }
.arrow { color: var(--muted); }
.outside { font: .9em var(--mono); }
.why { display: block; margin-top: .1rem; color: var(--muted); font-size: .88rem; line-height: 1.4; }
.drawn { min-width: 0; }
.strip { display: block; }
.when { display: flex; justify-content: space-between; gap: .6rem; margin-top: .15rem; color: var(--muted); font-size: .8rem; font-variant-numeric: tabular-nums; }
.base { stroke: var(--rule); } .range { fill: var(--range); } .tick { fill: var(--ink); opacity: .6; } .band { opacity: .3; } .strip, .contacts { overflow: visible; } .bar { fill: var(--accent); }
.critical .bar { fill: var(--critical); } .high .bar { fill: var(--high); } .medium .bar { fill: var(--medium); } .low .bar { fill: var(--low); } .informational .bar { fill: var(--informational); }
.body { padding: 1.1rem 1.5rem 1.4rem; border-top: 1px solid var(--soft); }
.tools { float: right; margin: 0 0 .4rem 1rem; }
.name { display: inline-block; max-width: 100%; }
.timeline figcaption { margin-bottom: .5rem; color: var(--muted); font-size: .88rem; } .timeline strong { color: var(--ink); font-weight: 600; }
.contacts, .lane svg { display: block; }
.contacts { border-bottom: 1px solid var(--range); }
.grid { stroke: var(--soft); } .valid { fill: var(--valid); } .recorded { fill: var(--ink); }
.lane p { margin: .45rem 0 .1rem; color: var(--muted); font-size: .8rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); gap: .35rem 1.4rem; font-size: .88rem; }
.facts dt { color: var(--muted); font-size: .8rem; }
.facts.wide { margin: 1.2rem 0; grid-template-columns: repeat(auto-fill, minmax(13.5rem, 1fr)); gap: .6rem 1.75rem; font-size: .92rem; }
.data { width: 100%; border-collapse: collapse; font-size: .9rem; }
.data caption { padding: .2rem 0 .45rem; text-align: left; font-weight: 600; }
.data caption .muted { font-size: .85rem; }
.data th, .data td { padding: .5rem .9rem .5rem 0; border-top: 1px solid var(--rule); text-align: left; vertical-align: top; font-weight: 400; }
.data tbody th { min-width: 9rem; } .data thead th { color: var(--muted); font-size: .8rem; border-top: 0; padding-block: .2rem; white-space: nowrap; }
.data .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-right: 1.4rem; }
.evidence .data tbody th { width: 9rem; } .evidence .data td:nth-child(2) { width: 6.4rem; }
.class { display: block; font-weight: 600; } .class.benign { color: var(--low); }
.where { color: var(--muted); font-size: .85rem; }
.weight { display: block; margin-top: .2rem; } .zero { stroke: var(--range); } .weight .for { fill: var(--for); } .weight .against { fill: var(--against); }
.guard { margin-top: .3rem; color: var(--muted); } .guard strong { color: var(--ink); font-weight: 600; }
.cited { margin-top: .55rem; padding: .6rem .9rem .7rem; border-radius: 6px; background: var(--sunk); }
.cited .facts { margin-top: .45rem; } .cited .kind { color: var(--muted); font-size: .85rem; }
.standing.learned-later, .standing.expired, .standing.not-yet-valid { color: var(--high); font-weight: 600; }
.rows { margin-top: .5rem; } .rows > summary { color: var(--accent); cursor: pointer; font-size: .88rem; width: fit-content; }
.rows li { padding: .1rem 0; font-size: .85rem; } .rows time { display: inline-block; color: var(--muted); margin-left: .6rem; font-variant-numeric: tabular-nums; }
.sentences { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: 1.3rem 2.2rem; margin-top: 1.4rem; }
.said { margin: 0; font-size: .92rem; } .said ol, .said ul { padding-left: 1.15rem; } .said ul { list-style: disc; } .said ul.plain { padding: 0; list-style: none; } .said li + li { margin-top: .3rem; }
.body > .small { margin-top: 1.2rem; }
.fold > summary { width: fit-content; padding: .35rem 0; color: var(--accent); cursor: pointer; }
.fold[open] > summary { margin-bottom: .6rem; }
.halves { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.5rem 3rem; margin-top: 1.5rem; align-items: start; }
.share rect { fill: var(--valid); } .bars .share { min-width: 4rem; margin-top: .4rem; display: block; } .bars td.drawn { width: 45%; padding-right: 0; }
.statement { max-width: 52rem; margin-bottom: 1.6rem; font-size: 1.02rem; } .sentences-list li { padding: .22rem 0; } .statement li:last-child { font-weight: 600; }
.visible-yes { fill: var(--for); background: var(--for); } .visible-partly { fill: var(--valid); background: var(--valid); } .visible-no { fill: var(--high); background: var(--high); }
.visible svg { display: block; border-radius: 4px; } .visible figcaption { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; margin: .5rem 0; font-size: .88rem; color: var(--muted); }
.key { display: inline-block; width: .7rem; height: .7rem; margin-right: .4rem; border-radius: 2px; }
.see.no { color: var(--high); font-weight: 600; }
footer { margin-top: 4rem; padding-block: 1.2rem 2.5rem; border-top: 1px solid var(--rule); color: var(--muted); font-size: .85rem; }

@media screen and (max-width: 68rem) {
  .with-index { grid-template-columns: minmax(0, 1fr); gap: 1rem; }
  .index { position: static; max-height: 11rem; border: 1px solid var(--rule); border-radius: 8px; padding: .5rem .9rem; }
  .verdict { grid-template-columns: minmax(0, 1fr); gap: 1.4rem; }
  .numbers { grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); }
  .axis-head, .card > summary { grid-template-columns: 6.6rem minmax(0, 1fr) 13rem; }
}
@media screen and (max-width: 44rem) {
  html { scroll-padding-top: 6.5rem; }
  .bar { flex-wrap: wrap; gap: .3rem 1rem; padding: .5rem 1rem .3rem; }
  .search { flex: 1; min-width: 0; } .search input { width: 100%; min-width: 0; }
  .bar nav { order: 3; width: 100%; }
  main, footer { padding-inline: 1rem; }
  section { margin-top: 2.5rem; } .verdict { margin-top: 1.25rem; }
  h1 { font-size: 1.9rem; } .lede { font-size: 1rem; }
  .limits { padding: .8rem 0 0; border-left: 0; border-top: 1px solid var(--rule); }
  .numbers { grid-template-columns: 1fr 1fr; margin-top: 1.4rem; } .numbers li { border-top: 1px solid var(--rule); } .numbers li:nth-child(-n+2) { border-top: 0; } .numbers li + li { border-left: 0; } .numbers li:nth-child(even) { border-left: 1px solid var(--rule); } .numbers li:last-child:nth-child(odd) { grid-column: 1 / -1; }
  .axis-head > :not(:last-child) { display: none; }
  .axis-head, .card > summary { grid-template-columns: minmax(0, 1fr); gap: .35rem; }
  .by { flex-basis: auto; }
  .alt { display: none; }
  .body { padding-inline: 1rem; } .tools { float: none; margin: 0 0 .6rem; } .facts, .facts.wide { grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); }
  .data, .data tbody, .data tr, .data th, .data td { display: block; width: auto !important; } .data caption { display: block; }
  .data thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .data tr { padding: .5rem 0; border-top: 1px solid var(--rule); } .data th, .data td, .data .number { padding: .1rem 0; border: 0; text-align: left; white-space: normal; }
  .data td[data-label]::before { content: attr(data-label) ': '; color: var(--muted); font-size: .85em; }
  .data td.number { display: inline-block; margin-right: 1.2rem; }
  .evidence .data td.wide::before { content: none; }
  .evidence .weight { display: inline-block; margin: 0 0 0 .5rem; }
  .halves, .sentences { grid-template-columns: minmax(0, 1fr); }
}
@media print {
  :root { color-scheme: light; --ground: #fff; --paper: #fff; --sunk: #f6f6f4; --ink: #111; --muted: #4a4f57; --rule: #ccc; --soft: #e4e4e4; --accent: #23496e; --accent-soft: #eef2f6; --critical: #8c0f30; --high: #8f3d08; --medium: #6a5200; --low: #2b5549; --informational: #4a4f57; --for: #2d5a87; --against: #36665a; --valid: #b9cde1; --range: #8a96a4; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  html { font-size: 11.5px; } .bar { position: static; border: 0; padding: 0 0 .5rem; } .bar nav, .search, .copy, .skip { display: none !important; }
  main, footer { max-width: none; padding: 0; } .with-index { display: block; } .index { position: static; max-height: none; overflow: visible; margin-bottom: 1rem; } .index > ul { columns: 2; } .index > ul > li { break-inside: avoid; } section { margin-top: 1.6rem; }
  h2, h3, h4, .card > summary, caption { break-after: avoid; } .card > summary, .data tr, .timeline, .said, .cited { break-inside: avoid; }
  details:not(.lead)::details-content { display: block; content-visibility: visible; block-size: auto; }
  .fold > summary, .rows > summary { color: var(--ink); }
  .list { border: 0; } .axis-head, .card > summary { grid-template-columns: 7rem minmax(0, 1fr) 15rem; padding-inline: .4rem; } .card > summary::before { display: none; } .body { padding-inline: .4rem; }
  .verdict { gap: 2rem; margin-top: .5rem; } .numbers { margin-top: 1rem; } .numbers .value { font-size: 1.4rem; }
  a { color: inherit; text-decoration: none; }
}
`;
