/** The style of answers given as a page: the console's colours, system fonts, both themes, readable at 320 px. */
export const answerStyle = `
:root {
  color-scheme: light dark;
  --canvas: #f4f6f9; --surface: #fff; --line: #d8dfe7; --ink: #121a23; --muted: #455364; --link: #1d5cb8;
  --accepted: #0b6b72; --accepted-soft: #ddf2f3; --deduped: #464fb3; --deduped-soft: #ebecfb;
  --busy: #83349a; --busy-soft: #f6e9fa; --blocked: #a01d5d; --blocked-soft: #fce7f0;
  --stop: #b4231d; --stop-soft: #fde9e7; --idle: #556374; --idle-soft: #ebeff4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --canvas: #0b1016; --surface: #11181f; --line: #222d39; --ink: #e7ecf2; --muted: #a9b6c4; --link: #82b4f7;
    --accepted: #5cc8ce; --accepted-soft: #0d2729; --deduped: #a9b0f8; --deduped-soft: #1b1f3c;
    --busy: #d8a0e8; --busy-soft: #2b1833; --blocked: #f598bf; --blocked-soft: #331423;
    --stop: #f78d83; --stop-soft: #351715; --idle: #98a6b6; --idle-soft: #19222c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--canvas); }
main { max-width: 42rem; margin: 0 auto; padding: 1rem; }
@media (min-width: 40rem) { main { padding: 3rem 1rem; } }
.brand { margin: 0 0 .75rem; font-weight: 600; color: var(--muted); }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 1.25rem; }
@media (min-width: 40rem) { .card { padding: 1.75rem 2rem; } }
h1 { margin: .75rem 0 .25rem; font-size: 1.35rem; line-height: 1.3; overflow-wrap: anywhere; text-wrap: balance; }
h2 { margin: 1.5rem 0 .35rem; font-size: .9rem; color: var(--muted); }
p { margin: 0; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--surface); padding: .5rem; }
.plate { display: inline-flex; align-items: center; gap: .4rem; height: 1.75rem; padding: 0 .6rem; border-radius: 4px; font-size: .9rem; font-weight: 600; }
.plate svg { width: 16px; height: 16px; }
.accepted { color: var(--accepted); background: var(--accepted-soft); }
.deduped { color: var(--deduped); background: var(--deduped-soft); }
.scope_busy { color: var(--busy); background: var(--busy-soft); }
.blocked { color: var(--blocked); background: var(--blocked-soft); }
.stop { color: var(--stop); background: var(--stop-soft); }
.idle { color: var(--idle); background: var(--idle-soft); }
dl { display: grid; grid-template-columns: 1fr; margin: 1.25rem 0 0; border-top: 1px solid var(--line); }
dt { color: var(--muted); font-size: .9rem; padding-top: .5rem; }
dd { margin: 0; padding-bottom: .5rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
@media (min-width: 40rem) {
  dl { grid-template-columns: 10rem 1fr; }
  dt { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  dd { padding: .5rem 0; }
}
ul { list-style: none; margin: 0; padding: 0; }
li { padding: .3rem 0; }
li a { display: inline-block; min-height: 24px; }
.dim { color: var(--muted); font-size: .9rem; }
code { font: .9em ui-monospace, monospace; }
`;
