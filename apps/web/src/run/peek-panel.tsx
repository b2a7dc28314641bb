import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight, X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { trpc } from '../client/api.ts';
import { usePollWhenDown } from '../live/use-live.ts';
import { buttonClass, IconButton } from '../ui/button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Duration, Time } from '../ui/time.tsx';
import { sentenceOf } from './infra-of.ts';
import { initiatorText } from './initiator.tsx';
import { PeekSteps } from './peek-steps.tsx';
import { Progress } from './progress.tsx';
import type { RunView } from './run-view.ts';
import { Status } from './status.tsx';

interface PeekPanelProps {
  ws: string;
  id: number;
  /** Grows with every change of the row, so that the panel is as new as the list. */
  seq: number | undefined;
  onClose: () => void;
}

function Facts({ run }: { run: RunView }) {
  const facts: (readonly [string, ReactNode])[] = [
    ['Tenant', run.tenant?.name ?? '—'],
    ['Connection', run.connection?.label ?? '—'],
    ['Started by', initiatorText(run.initiator)],
    ['Created', <Time key="created" at={run.createdAt} />],
    [
      'Duration',
      run.startedAt === undefined ? (
        '—'
      ) : (
        <Duration key="took" from={run.startedAt} to={run.finishedAt ?? null} />
      ),
    ],
  ];
  return (
    <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="truncate">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A run beside the list: what it is, what is happening and what comes next, without leaving the list. */
export function PeekPanel({ ws, id, seq, onClose }: PeekPanelProps) {
  const refetchInterval = usePollWhenDown();
  const run = useQuery(trpc.run.get.queryOptions({ id }, { refetchInterval }));
  const { refetch } = run;
  const shownSeq = run.data?.eventSeq;
  const behind = shownSeq !== undefined && seq !== undefined && shownSeq < seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the row is worth a look
  useEffect(() => {
    if (behind) void refetch();
  }, [behind, seq, refetch]);
  const open = (
    <Link to="/w/$ws/runs/$runId" params={{ ws, runId: String(id) }} className={buttonClass('plain')}>
      Open the run
      <ArrowRight size={15} aria-hidden="true" />
    </Link>
  );
  return (
    <aside
      aria-label={`Run #${id}`}
      className="panel fixed inset-x-2 bottom-2 z-30 grid max-h-[70dvh] content-start gap-4 overflow-y-auto p-4 shadow-pop xl:sticky xl:inset-auto xl:top-18 xl:z-10 xl:max-h-[calc(100dvh-6rem)] xl:shadow-none"
    >
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="truncate font-semibold">{run.data?.operationLabel ?? `Run #${id}`}</h2>
          <span className="font-mono text-sm text-muted">
            #{id} {run.data?.codename}
          </span>
        </div>
        <IconButton label="Close the panel" onClick={onClose}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      </div>
      {run.data === undefined ? (
        run.isError ? (
          <FaultView error={run.error} onRetry={() => void run.refetch()} />
        ) : (
          <SkeletonRows rows={4} />
        )
      ) : (
        <>
          <div>
            <Status status={run.data.status} waitCause={run.data.reason?.code ?? null} />
            <p className="mt-1">{sentenceOf(run.data)}</p>
          </div>
          {run.data.counts.total > 0 && <Progress counts={run.data.counts} />}
          <Facts run={run.data} />
          <PeekSteps id={id} ended={isTerminal(run.data.status)} seq={run.data.eventSeq} />
          <div>{open}</div>
        </>
      )}
    </aside>
  );
}
