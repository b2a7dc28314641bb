import type { LogLevel } from '@signalbox/domain/run/events';
import { and, asc, desc, eq, gt, lt, lte, max, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { runLogs } from '../../schema/run.ts';

/** A chunk of a run's log. */
export interface RunLogRow {
  readonly seq: number;
  readonly at: Date;
  readonly level: LogLevel;
  readonly step: string | null;
  readonly text: string;
  /** The number of its first line. */
  readonly line: number;
}

/** Where to read: on after a chunk, back from one, or on from the chunk that holds a line. */
export type LogPlace =
  | { readonly after: number }
  | { readonly before: number }
  | { readonly fromLine: number };

const columns = {
  seq: runLogs.seq,
  at: runLogs.at,
  level: sql<LogLevel>`${runLogs.level}`,
  step: runLogs.step,
  text: runLogs.text,
  line: runLogs.firstLine,
};

/** Log chunks of a run at a place, oldest first. */
export async function runLogsOf(
  tx: WorkspaceTransaction,
  runId: number,
  { place, limit }: { readonly place: LogPlace; readonly limit: number },
): Promise<RunLogRow[]> {
  const ofRun = eq(runLogs.runId, runId);
  if ('before' in place) {
    const newestFirst = await tx.query
      .select(columns)
      .from(runLogs)
      .where(and(ofRun, lt(runLogs.seq, place.before)))
      .orderBy(desc(runLogs.seq))
      .limit(limit);
    return newestFirst.reverse();
  }
  const after = 'after' in place ? place.after : (await chunkOf(tx, runId, place.fromLine)) - 1;
  return tx.query
    .select(columns)
    .from(runLogs)
    .where(and(ofRun, gt(runLogs.seq, after)))
    .orderBy(asc(runLogs.seq))
    .limit(limit);
}

/** The number of the chunk that holds a line; 0 when the log begins after it. */
async function chunkOf(tx: WorkspaceTransaction, runId: number, line: number): Promise<number> {
  const [found] = await tx.query
    .select({ seq: runLogs.seq })
    .from(runLogs)
    .where(and(eq(runLogs.runId, runId), lte(runLogs.firstLine, line)))
    .orderBy(desc(runLogs.firstLine))
    .limit(1);
  return found?.seq ?? 0;
}

/** The first line that is kept and the last one there is; both 0 for an empty log. */
export async function logSpanOf(
  tx: WorkspaceTransaction,
  runId: number,
): Promise<{ firstLine: number; lastLine: number }> {
  const [span] = await tx.query
    .select({ first: sql<number | null>`min(${runLogs.firstLine})`, last: max(runLogs.firstLine) })
    .from(runLogs)
    .where(eq(runLogs.runId, runId));
  if (span?.first == null || span.last === null) return { firstLine: 0, lastLine: 0 };
  const [end] = await tx.query
    .select({ lines: runLogs.lineCount })
    .from(runLogs)
    .where(and(eq(runLogs.runId, runId), eq(runLogs.firstLine, span.last)));
  return { firstLine: span.first, lastLine: span.last + (end?.lines ?? 1) - 1 };
}

/** One line of a run's log. */
export interface RunLogLine {
  readonly line: number;
  readonly at: Date;
  readonly level: LogLevel;
  readonly step: string | null;
  readonly text: string;
}

/** Which lines to find. */
export interface LogSearch {
  /** Held by the line, without regard to case; no character has a meaning of its own. */
  readonly text: string | undefined;
  readonly levels: readonly LogLevel[];
  readonly step: string | undefined;
  /** Only lines after this one. */
  readonly after: number;
  readonly limit: number;
}

/** Lines of a run's log that hold what is looked for, oldest first. */
export async function searchRunLog(
  tx: WorkspaceTransaction,
  runId: number,
  { text, levels, step, after, limit }: LogSearch,
): Promise<RunLogLine[]> {
  const holds = (column: string) =>
    text === undefined ? sql`true` : sql`position(lower(${text}::text) in lower(${sql.raw(column)})) > 0`;
  // The whole chunk is asked first: most chunks hold nothing, and need no cutting into lines.
  const rows = await tx.query.execute<{
    line: number;
    at: Date | string;
    level: LogLevel;
    step: string | null;
    text: string;
  }>(sql`
    select l.first_line + o.n::int - 1 as line, l.at, l.level, l.step, o.text
    from run_logs l, unnest(coalesce(
      nullif(string_to_array(case when right(l.text, 1) = E'\n' then left(l.text, -1) else l.text end, E'\n'), '{}'),
      '{""}'::text[])) with ordinality o (text, n)
    where l.run_id = ${runId} and l.first_line >= coalesce(
        (select max(b.first_line) from run_logs b where b.run_id = ${runId} and b.first_line <= ${after + 1}), 0)
      and l.level = any(${`{${levels.join(',')}}`}::text[])
      and (${step ?? null}::text is null or l.step = ${step ?? null}::text)
      and ${holds('l.text')} and ${holds('o.text')} and l.first_line + o.n::int - 1 > ${after}
    order by l.first_line, o.n
    limit ${limit}`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}
