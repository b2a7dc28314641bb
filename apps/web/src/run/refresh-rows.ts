import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import { api, queryClient, trpc } from '../client/api.ts';
import { faultOf } from '../client/problem-model.ts';
import type { listInput } from './runs-search.ts';

type ListInput = ReturnType<typeof listInput>;

/** Rows that left the page are asked for one by one; of more than this the rest waits for the next time. */
const mostAlone = 20;
/** New runs are counted no further. */
const mostNew = 100;

/**
 * Brings the rows on screen up to date without moving them, after hints may have been missed. Answers the runs that
 * have come on top since.
 */
export async function refreshRows(list: ListInput): Promise<{ ids: number[]; more: boolean }> {
  const key = trpc.run.list.queryKey(list);
  const shown = queryClient.getQueryData(key)?.items ?? [];
  const newest = shown[0];
  if (newest === undefined) return { ids: [], more: false };
  const isFirst = list.cursor === undefined;
  // The page as it would be, were it to begin where the one on screen does.
  const until = new Date(Date.parse(newest.createdAt) + 1).toISOString();
  const page = await api.run.list.query(
    isFirst ? { ...list, createdBefore: earlier(list.createdBefore, until) } : list,
  );
  const known = new Map<number, RunSummary>(page.items.map((run) => [run.id, run]));
  for (const { id } of shown.filter((row) => !known.has(row.id)).slice(0, mostAlone)) {
    const run = await api.run.get.query({ id }).catch((error: unknown) => {
      if (faultOf(error).kind === 'not-found') return null;
      throw error;
    });
    if (run !== null) known.set(id, summaryOf(run));
  }
  queryClient.setQueryData(key, (old) =>
    old === undefined
      ? old
      : {
          ...old,
          items: old.items.map((row) => {
            const now = known.get(row.id);
            return now !== undefined && now.eventSeq >= row.eventSeq ? (now as typeof row) : row;
          }),
        },
  );
  if (!isFirst) return { ids: [], more: false };
  const since = await api.run.list.query({
    ...list,
    createdAfter: later(list.createdAfter, newest.createdAt),
    limit: mostNew,
  });
  const ids = since.items.map(({ id }) => id).filter((id) => id > newest.id);
  return { ids, more: since.nextCursor !== null };
}

/** The parts of a run that a row has. */
function summaryOf(run: RunSummary & { input?: unknown; output?: unknown }): RunSummary {
  const { input: _input, output: _output, ...rest } = run;
  return rest;
}

const earlier = (bound: string | undefined, at: string) =>
  bound !== undefined && Date.parse(bound) < Date.parse(at) ? bound : at;
const later = (bound: string | undefined, at: string) =>
  bound !== undefined && Date.parse(bound) > Date.parse(at) ? bound : at;
