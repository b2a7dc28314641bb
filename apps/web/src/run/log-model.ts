import type { LogChunkView } from './run-view.ts';

export interface LogLine {
  /** Its number in the whole log, from 1. */
  readonly number: number;
  readonly at: string;
  readonly level: LogChunkView['level'];
  readonly step: string | null;
  readonly text: string;
}

/** What has been read of a log. Only the newest lines are kept; `dropped` says how many older ones are not. */
export interface LogTail {
  readonly lines: readonly LogLine[];
  readonly dropped: number;
  /** Number of the last piece, in the sequence of the run's events. */
  readonly lastSeq: number;
}

export const emptyTail: LogTail = { lines: [], dropped: 0, lastSeq: 0 };

/** More lines than this are not kept in the browser. */
export const mostLines = 20_000;

/** Appends chunks in their order; one already there is left out, so that a repeated answer adds nothing. */
export function appendChunks(tail: LogTail, chunks: readonly LogChunkView[], most = mostLines): LogTail {
  let { lastSeq } = tail;
  let number = tail.dropped + tail.lines.length;
  const added: LogLine[] = [];
  for (const chunk of chunks) {
    if (chunk.seq <= lastSeq) continue;
    lastSeq = chunk.seq;
    for (const text of chunk.text.replace(/\n$/, '').split('\n')) {
      number += 1;
      added.push({ number, at: chunk.at, level: chunk.level, step: chunk.step ?? null, text });
    }
  }
  if (lastSeq === tail.lastSeq) return tail;
  const lines = [...tail.lines, ...added];
  const over = Math.max(0, lines.length - most);
  return { lines: lines.slice(over), dropped: tail.dropped + over, lastSeq };
}

const rank = { info: 1, warning: 2, error: 3 } as const;

/** The lines that hold the text and are at least as grave as the level. */
export function filterLines(
  lines: readonly LogLine[],
  filter: { readonly level?: LogLine['level'] | undefined; readonly q?: string | undefined },
): readonly LogLine[] {
  const wanted = filter.q?.toLowerCase();
  const least = filter.level === undefined ? 0 : rank[filter.level];
  if (wanted === undefined && least === 0) return lines;
  return lines.filter(
    (line) => rank[line.level] >= least && (wanted === undefined || line.text.toLowerCase().includes(wanted)),
  );
}
