/** The style of the reference: system fonts, both themes, readable at 320 px. */
export const docsStyle = `
:root { color-scheme: light dark; --line: #d8dfe7; --soft: #f4f6f9; --text: #121a23; --dim: #455364; --link: #1d5cb8; --page: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --line: #222d39; --soft: #0b1016; --text: #e7ecf2; --dim: #a9b6c4; --link: #82b4f7; --page: #11181f; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; color: var(--text); background: var(--page); }
header, main, nav { max-width: 62rem; margin: 0 auto; padding: 1rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: .5rem; }
nav ul { columns: 18rem; padding-left: 1.2rem; margin: .25rem 0 1rem; }
nav li { break-inside: avoid; padding: .15rem 0; }
article { border-top: 1px solid var(--line); padding: 1rem 0; }
h1 { margin: 0; } h2 { margin: 2rem 0 .5rem; } h3 { margin: 0 0 .5rem; } h4 { margin: 1rem 0 .25rem; }
code, pre { font: .9em ui-monospace, monospace; }
pre { background: var(--soft); border: 1px solid var(--line); padding: .75rem; overflow-x: auto; }
.method { display: inline-block; min-width: 4rem; font-weight: 700; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; } td { overflow-wrap: anywhere; } td code { white-space: nowrap; }
.lead { font-size: 1.2rem; max-width: 44rem; }
.entries { list-style: none; padding: 0; }
.entries li { border-top: 1px solid var(--line); padding: .6rem 0; }
.dim { color: var(--dim); font-weight: 400; }
`;
