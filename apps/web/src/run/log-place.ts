/** Lines named by the URL: `#L12`, or `#L12-L20`. */
export interface LogPlace {
  readonly from: number;
  readonly to: number;
}

const most = 2_147_483_647;

/** Reads the hash of a URL, with or without its `#`; null for one that names no lines. */
export function readPlace(hash: string): LogPlace | null {
  const [, from, to] = /^#?L([1-9][0-9]{0,9})(?:-L?([1-9][0-9]{0,9}))?$/.exec(hash) ?? [];
  if (from === undefined) return null;
  const ends = [Number(from), Number(to ?? from)];
  if (Math.max(...ends) > most) return null;
  return { from: Math.min(...ends), to: Math.max(...ends) };
}

/** Writes lines as the hash of a URL, without its `#`. */
export function writePlace({ from, to }: LogPlace): string {
  return from === to ? `L${from}` : `L${from}-L${to}`;
}

/** The lines after a click on a number: that one, or with Shift all from the one chosen before. */
export function extended(old: LogPlace | null, line: number, shift: boolean): LogPlace {
  if (!shift || old === null) return { from: line, to: line };
  return line < old.from ? { from: line, to: old.to } : { from: old.from, to: line };
}
