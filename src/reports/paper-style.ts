/** What papers need besides the common style. Every colour is one of those named there. */
export const paperStyle = `
.paper main, .paper footer { max-width: 58rem; }
.paper .front { margin-top: 2.25rem; }
.voices { display: grid; gap: .3rem; margin: 1rem 0; font-size: .92rem; }
.voices .part { margin: 0; padding: .2rem .9rem; }
.contents ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .2rem 1.5rem; padding-left: 1.3rem; font-size: .92rem; }
.part { margin: 1.1rem 0; padding: .7rem 1.1rem .8rem; border-left: 4px solid var(--rule); background: var(--paper); }
.part.mitre { border-left-color: var(--accent); } .part.virga { border-left-color: var(--medium); border-left-style: double; } .part.user { border-left-color: var(--low); border-left-style: dashed; }
.part > p + p, .part > ul + p, .part > p + ul, .part > .data + p { margin-top: .65rem; }
.part > h3 { margin: 1rem 0 .25rem; font-size: .95rem; }
.credit { color: var(--muted); font-size: .85rem; } .credit strong { color: var(--ink); }
.lines { padding-left: 1.15rem; list-style: disc; } .lines li { padding: .12rem 0; }
.cite { margin-left: .15em; font-size: .8em; text-decoration: none; vertical-align: .25em; }
.words del { color: var(--critical); } .words ins { color: var(--low); text-decoration: underline; }
.sources { padding-left: 2rem; font-size: .9rem; } .sources li { padding: .2rem 0; } .sources li:target { background: var(--accent-soft); }
.paper .data { margin-top: .5rem; } .paper .data caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
`;
