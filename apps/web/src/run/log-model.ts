import { logLinesOf } from '@signalbox/domain/run/log-lines';
import type { LogChunkView, LogLineView } from './run-view.ts';

/** One line as it is shown. Its number is the same for every reader and for ever. */
export interface LogLine {
  readonly number: number;
  readonly at: string;
  readonly level: LogChunkView['level'];
  readonly step: string | null;
  readonly text: string;
}

/** The end of a log, without a gap up to its last line. What is older is read in blocks when it is looked at. */
export interface LogTail {
  readonly lines: readonly LogLine[];
  /** The first line the server still keeps; 0 while there is none. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly lastSeq: number;
}

export const emptyTail: LogTail = { lines: [], firstLine: 0, lastLine: 0, lastSeq: 0 };

/** The most lines that are kept of the end. */
export const mostTailLines = 5_000;

function linesIn(chunk: LogChunkView): LogLine[] {
  const { at, level } = chunk;
  const step = chunk.step ?? null;
  return logLinesOf(chunk.text).map((text, index) => ({ number: chunk.line + index, at, level, step, text }));
}

/** Appends chunks in their order; one already there is left out, so that a repeated answer adds nothing. */
export function appendChunks(tail: LogTail, chunks: readonly LogChunkView[], most = mostTailLines): LogTail {
  let { lines, firstLine, lastLine, lastSeq } = tail;
  for (const chunk of chunks) {
    if (chunk.seq <= lastSeq) continue;
    const added = linesIn(chunk);
    // After a gap the end begins anew: only lines that hang together are kept here.
    lines = chunk.line === lastLine + 1 ? [...lines, ...added] : added;
    firstLine ||= chunk.line;
    lastLine = chunk.line + added.length - 1;
    lastSeq = chunk.seq;
  }
  if (lastSeq === tail.lastSeq) return tail;
  return { lines: lines.slice(-most), firstLine, lastLine, lastSeq };
}

/** A found line in the shape of the others. */
export function lineOf({ line, at, level, step, text }: LogLineView): LogLine {
  return { number: line, at, level, step: step ?? null, text };
}

/** Lines of older parts are read this many at once. */
export const blockLines = 500;

/** A part of a log that is read at once. A full one never changes again. */
export interface LogBlock {
  readonly from: number;
  readonly to: number;
}

/** The blocks that hold some lines, as far as the tail does not have them. */
export function blocksFor(tail: LogTail, from: number, to: number): LogBlock[] {
  const end = (tail.lines[0]?.number ?? tail.lastLine + 1) - 1;
  const blocks: LogBlock[] = [];
  const first = Math.max(from, tail.firstLine, 1);
  for (let at = Math.floor((first - 1) / blockLines) * blockLines; at < Math.min(to, end); at += blockLines) {
    if (end >= first) blocks.push({ from: at + 1, to: Math.min(at + blockLines, end) });
  }
  return blocks;
}

/** What hides lines, or marks them. */
export interface LogFilter {
  readonly level?: LogLine['level'] | undefined;
  readonly step?: string | undefined;
  readonly q?: string | undefined;
}

const rank = { info: 1, warning: 2, error: 3 } as const;

/** Whether a line passes; the server asks the same of the lines it has. */
export function passes(line: LogLine, { level, step, q }: LogFilter): boolean {
  return (
    (level === undefined || rank[line.level] >= rank[level]) &&
    (step === undefined || line.step === step) &&
    (q === undefined || line.text.toLowerCase().includes(q.toLowerCase()))
  );
}

/** The match to go to from a line; past the last one it begins again. Null when there is none. */
export function nextMatch(matches: readonly number[], from: number, step: 1 | -1): number | null {
  const found = step === 1 ? matches.find((line) => line > from) : matches.findLast((line) => line < from);
  return found ?? matches.at(step === 1 ? 0 : -1) ?? null;
}
