import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { trpc } from '../client/api.ts';
import type { RunView } from './run-view.ts';
import { Status } from './status.tsx';

/** So many generations are looked up in each direction, and so many children shown. */
const mostLevels = 3;
const mostChildren = 4;

interface LinkProps {
  runId: number;
  status: RunStatus;
  ws: string;
}

function RunChip({ runId, status, ws }: LinkProps) {
  return (
    <span className="inline-flex min-h-6 items-center gap-1.5">
      <Link to="/w/$ws/runs/$runId" params={{ ws, runId: String(runId) }} className="link font-mono text-xs">
        #{runId}
      </Link>
      <Status status={status} meaning="title" />
    </span>
  );
}

const ofWords = { replay: 'Replay of', retry: 'Retry of' } as const;
const whichWords = { replay: 'itself a replay of', retry: 'itself a retry of' } as const;
const byWords = { replay: 'Replayed by', retry: 'Retried by' } as const;

/** What an ancestor itself came from. Its own run is asked for that, since a run knows its parent only. */
function Before({ runId, ws, level }: { runId: number; ws: string; level: number }) {
  const query = useQuery(trpc.run.get.queryOptions({ id: runId }, { staleTime: 60_000 }));
  const parent = query.data?.parent;
  if (parent === undefined) return null;
  return (
    <>
      <span>{whichWords[parent.linkKind]}</span>
      <RunChip runId={parent.runId} status={parent.status} ws={ws} />
      {level < mostLevels ? <Before runId={parent.runId} ws={ws} level={level + 1} /> : <span>…</span>}
    </>
  );
}

/** What was made from a descendant: the newest, as long as the chain goes on. */
function After({ runId, ws, level }: { runId: number; ws: string; level: number }) {
  const query = useQuery(trpc.run.get.queryOptions({ id: runId }, { staleTime: 15_000 }));
  const child = query.data?.children.at(-1);
  if (child === undefined) return null;
  return (
    <>
      <span>{child.linkKind === 'retry' ? 'retried by' : 'replayed by'}</span>
      <RunChip runId={child.runId} status={child.status} ws={ws} />
      {level < mostLevels ? <After runId={child.runId} ws={ws} level={level + 1} /> : <span>…</span>}
    </>
  );
}

/** Where a run comes from and what became of it: replays and retries, a few generations in both directions. */
export function LineageStrip({ run, ws }: { run: RunView; ws: string }) {
  const { parent, children } = run;
  if (parent === undefined && children.length === 0) return null;
  const shown = children.slice(-mostChildren);
  const row = 'flex flex-wrap items-center gap-x-2 gap-y-0.5';
  return (
    <section aria-label="Related runs" className="grid gap-0.5 text-sm text-muted">
      {parent && (
        <p className={row}>
          <span>{ofWords[parent.linkKind]}</span>
          <RunChip runId={parent.runId} status={parent.status} ws={ws} />
          <Before runId={parent.runId} ws={ws} level={2} />
        </p>
      )}
      {shown.map((child) => (
        <p key={child.runId} className={row}>
          <span>{byWords[child.linkKind]}</span>
          <RunChip runId={child.runId} status={child.status} ws={ws} />
          <After runId={child.runId} ws={ws} level={2} />
        </p>
      ))}
      {children.length > shown.length && <p>and {children.length - shown.length} earlier ones</p>}
    </section>
  );
}
