import { chordOf } from './chord.ts';

/** A key of the page on screen, as the shortcut sheet lists it. */
export interface Shortcut {
  /** `j`, `shift+x`, `enter`, `mod+k`, or one key after another: `g r`. */
  readonly keys: string;
  /** What it does, as a verb phrase. */
  readonly label: string;
  /** Under which heading of the sheet it stands. */
  readonly group: string;
}

interface Bound extends Shortcut {
  readonly act: () => void;
}

/** The second key of a pair must come within this time, ms. */
const pairMs = 1_200;

let bound: readonly Bound[] = [];
let lettersOn = true;
let first: { readonly chord: string; readonly at: number } | null = null;
const listeners = new Set<() => void>();

/** What stands in front of the page and takes its keys; a toast does not, though it is a dialog to a screen reader. */
const layers = '[role=dialog]:not([data-toast]), [role=alertdialog], [role=menu], [role=listbox]';

/** Letters belong to a field while one has the focus, and Space and Enter to what they would press. */
function isTaken(target: EventTarget | null, chord: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest(layers) !== null) return true;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  if (target.matches('input:not([type=checkbox], [type=radio])')) return true;
  if (chord === 'enter') return target.matches('a, button, summary, input');
  return chord === 'space' && target.matches('button, summary, input');
}

function take(event: KeyboardEvent) {
  const chord = event.defaultPrevented || event.isComposing ? null : chordOf(event);
  if (chord === null) return;
  const chorded = chord.startsWith('mod+');
  if (!chorded && (!lettersOn || isTaken(event.target, chord))) return;
  const pair = first !== null && event.timeStamp - first.at < pairMs ? `${first.chord} ${chord}` : null;
  first = null;
  // The newest comes first: a panel in front of a page takes its keys. A pair wins over its second key alone.
  const find = (keys: string | null) => bound.findLast((one) => one.keys === keys);
  const found = find(pair) ?? find(chord);
  if (found !== undefined) {
    event.preventDefault();
    found.act();
  } else if (bound.some(({ keys }) => keys.startsWith(`${chord} `))) {
    first = { chord, at: event.timeStamp };
  }
}

/** Binds a key while what it acts on is on screen; returns what frees it again. */
export function bindShortcut(shortcut: Bound): () => void {
  if (bound.length === 0) document.addEventListener('keydown', take);
  bound = [...bound, shortcut];
  for (const tell of listeners) tell();
  return () => {
    bound = bound.filter((one) => one !== shortcut);
    if (bound.length === 0) document.removeEventListener('keydown', take);
    for (const tell of listeners) tell();
  };
}

/** Switches everything but chords with `mod` on or off (WCAG 2.1.4). */
export function allowLetters(on: boolean): void {
  lettersOn = on;
}

/** The shortcuts of the page on screen, in the order they came. */
export function boundShortcuts(): readonly Shortcut[] {
  return bound;
}

export function onShortcuts(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
