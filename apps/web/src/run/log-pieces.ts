import Anser from 'anser';

/** A piece of a line that looks the same throughout. */
export interface LogPiece {
  readonly text: string;
  /** Classes of our own palette; what a log asks for beyond that is not followed. */
  readonly className: string;
  readonly mark: 'match' | 'redacted' | null;
}

const inks: Readonly<Record<string, string>> = {
  black: 'text-faint',
  red: 'text-stop',
  green: 'text-clear',
  yellow: 'text-caution',
  blue: 'text-accent',
  magenta: 'text-gate-scope-busy',
  cyan: 'text-gate-accepted',
};
const papers: Readonly<Record<string, string>> = {
  red: 'bg-stop-soft',
  green: 'bg-clear-soft',
  yellow: 'bg-caution-soft',
  blue: 'bg-accent-soft',
  magenta: 'bg-gate-scope-busy-soft',
  cyan: 'bg-gate-accepted-soft',
};
// Text is never hidden and never blinks, whatever a log asks for.
const styles: Readonly<Record<string, string>> = {
  bold: 'font-semibold',
  dim: 'text-muted',
  italic: 'italic',
  underline: 'underline',
  strikethrough: 'line-through',
};

/** Longer lines are cut on screen; the download has them whole. */
export const mostCharacters = 5_000;

// Written so, since a control character in a pattern is mostly a mistake.
const [bell, esc] = [String.fromCharCode(7), String.fromCharCode(27)];
/** Every escape sequence but colours: cursor movements, titles, links. */
const sequences = new RegExp(
  `${esc}(?:\\[[0-?]*[ -/]*(?!m)[@-~]|[\\]PX^_][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?|[ -/]*[0-Z\\\\^-~])`,
  'g',
);
const colours = new RegExp(`${esc}\\[[0-9;:]*m`, 'g');
// Marks that reorder or hide text stand there by name, so that a line cannot look like another one.
const disguising = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

function shown(text: string): string {
  return text
    .replace(/\r$/, '')
    .replace(disguising, (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`)
    .replace(/[^\P{Cc}\t]/gu, (sign) => {
      const code = sign.charCodeAt(0);
      return code < 32 ? String.fromCharCode(0x2400 + code) : code === 127 ? '␡' : '�';
    });
}

/** A line without colours and without anything that acts on a terminal. */
export function plainText(text: string): string {
  return shown(text.replace(sequences, '').replace(colours, ''));
}

function classesOf({ fg, bg, decorations }: Anser.AnserJsonEntry): string {
  const name = (colour: string | null) => /^ansi-(?:bright-)?([a-z]+)$/.exec(colour ?? '')?.[1] ?? '';
  return [inks[name(fg)], papers[name(bg)], ...decorations.map((one) => styles[one])]
    .filter((one) => one !== undefined)
    .join(' ');
}

/** Where the marks of a text begin and end, in order and without overlap. */
function marksIn(text: string, wanted: string | undefined): [number, number, 'match' | 'redacted'][] {
  const marks: [number, number, 'match' | 'redacted'][] = [];
  for (const found of text.matchAll(/\[redacted(?:[: ][^\]]{0,60})?\]/gi))
    marks.push([found.index, found.index + found[0].length, 'redacted']);
  if (wanted !== undefined && wanted !== '') {
    const low = text.toLowerCase();
    // Where lower case has another length, places would not agree; then nothing is marked.
    if (low.length === text.length) {
      const needle = wanted.toLowerCase();
      for (let at = low.indexOf(needle); at >= 0; at = low.indexOf(needle, at + needle.length)) {
        const end = at + needle.length;
        if (!marks.some(([from, to]) => at < to && end > from)) marks.push([at, end, 'match']);
      }
    }
  }
  return marks.sort(([a], [b]) => a - b);
}

/** A line as pieces of text. Nothing in it can become markup, and no class comes from the log. */
export function piecesOf(line: string, wanted?: string): { pieces: LogPiece[]; cut: number } {
  const clean = line.slice(0, mostCharacters * 2).replace(sequences, '');
  const styled = Anser.ansiToJson(clean, { use_classes: true, remove_empty: true }).map((entry) => ({
    text: shown(entry.content),
    className: classesOf(entry),
  }));
  const whole = styled.map(({ text }) => text).join('');
  const marks = marksIn(whole.slice(0, mostCharacters), wanted);
  const pieces: LogPiece[] = [];
  let at = 0;
  for (const { text, className } of styled) {
    const end = Math.min(at + text.length, mostCharacters);
    for (let from = at; from < end; ) {
      const inside = marks.find(([start, stop]) => from >= start && from < stop);
      const ahead = marks.find(([start]) => start > from);
      const to = Math.min(end, inside?.[1] ?? ahead?.[0] ?? end);
      pieces.push({ text: whole.slice(from, to), className, mark: inside?.[2] ?? null });
      from = to;
    }
    at += text.length;
  }
  const cut = whole.length + (line.length - Math.min(line.length, mostCharacters * 2)) - mostCharacters;
  return { pieces, cut: Math.max(0, cut) };
}
