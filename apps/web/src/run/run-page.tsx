import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { UnknownPage } from '../app/unknown-page.tsx';
import { announce } from '../ui/announcer.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { numericId } from '../ui/numeric-id.ts';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { UnderHeading } from '../ui/under-heading.ts';
import { useTitle } from '../ui/use-title.ts';
import { countedBy } from './counted-model.ts';
import { CountsBar } from './counts-bar.tsx';
import { LineageStrip } from './lineage.tsx';
import { RetryAnswer } from './retry-answer.tsx';
import { RunActions } from './run-actions.tsx';
import { useRunDeeds } from './run-deeds.ts';
import { RunFacts } from './run-facts.tsx';
import { RunHeader } from './run-header.tsx';
import { hasPreview, RunTabs, tabsOf } from './run-tabs.tsx';
import type { RunView } from './run-view.ts';
import type { RunTab } from './search.ts';
import { useLiveRun } from './use-live-run.ts';
import { useRunKeys } from './use-run-keys.ts';
import { WhatNextCard } from './what-next-card.tsx';

const CancelDialog = lazy(async () => ({ default: (await import('./cancel-dialog.tsx')).CancelDialog }));

const route = getRouteApi('/w/$ws/runs/$runId');

/** One run: what is happening, what comes next, and everything behind it. */
export function RunPage() {
  const { runId } = route.useParams();
  const id = numericId(runId);
  return id === null ? <UnknownPage /> : <LiveRunPage key={id} id={id} />;
}

function LiveRunPage({ id }: { id: number }) {
  const query = useLiveRun(id);
  useTitle(`Run #${id}`);
  if (query.isPending) {
    return (
      <div className="mx-auto grid w-full max-w-400 gap-4 px-4 pt-5 md:px-6">
        <SkeletonBlock className="h-20" />
        <SkeletonBlock className="h-28" />
        <SkeletonBlock className="h-96" />
      </div>
    );
  }
  if (query.data === undefined) return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  return <RunDetail run={query.data} />;
}

/** The part that answers most: what was found out, the items that failed, else where the time went and what failed. */
function firstTab(run: RunView): RunTab {
  if (hasPreview(run)) return 'preview';
  return isTerminal(run.status) && run.counts.failed > 0 && tabsOf(run).includes('items')
    ? 'items'
    : 'timeline';
}

/** Reads to assistive technology how the run goes; the announcer keeps it from saying more than it should. */
function useAnnouncement({ id, status, counts }: RunView): void {
  const { total, succeeded, failed, skipped } = counts;
  useEffect(() => {
    const progress = total > 0 ? `, ${succeeded + failed + skipped} of ${total}, ${failed} failed` : '';
    announce(`Run ${id}: ${status}${progress}`);
  }, [id, status, total, succeeded, failed, skipped]);
}

function RunDetail({ run }: { run: RunView }) {
  const { ws } = route.useParams();
  const search = route.useSearch();
  const deeds = useRunDeeds(run);
  // The part open at first is the one that answers most; it does not change under the reader afterwards.
  const [first] = useState(() => ({
    tab: firstTab(run),
    outcome: isTerminal(run.status) && run.counts.failed > 0 ? ('failed' as const) : undefined,
  }));
  const asked = search.tab;
  const tab = asked !== undefined && tabsOf(run).includes(asked) ? asked : first.tab;
  const outcome = search.outcome ?? (asked === undefined ? first.outcome : undefined);
  useTitle(`Run #${run.id}, ${run.operationLabel}`);
  useAnnouncement(run);
  useRunKeys({
    ws,
    id: run.id,
    mayReplay: deeds.refusalOf('replay') === null,
    hasItems: tabsOf(run).includes('items'),
  });
  const actions = <RunActions run={run} ws={ws} deeds={deeds} />;
  const reason = run.reason?.label;

  return (
    <div className="mx-auto grid w-full max-w-400 grid-cols-[minmax(0,1fr)] gap-4 px-4 pt-5 pb-16 md:px-6">
      <RunHeader run={run} ws={ws} actions={actions} />
      <div className="-mt-2 grid gap-2">
        {reason !== undefined && reason.toLowerCase() !== run.status && (
          <p className="text-muted">{reason}</p>
        )}
        <RunFacts run={run} ws={ws} />
        <LineageStrip run={run} ws={ws} />
      </div>
      <div className="flex flex-wrap items-center gap-2 md:hidden">{actions}</div>
      <RetryAnswer deeds={deeds} ws={ws} />
      <WhatNextCard run={run} ws={ws} deeds={deeds} />
      <CountsBar
        operation={run.operation}
        counts={run.counts}
        chosen={tab === 'items' ? outcome : undefined}
        things={countedBy(run.operation)?.things}
      />
      <UnderHeading value={true}>
        <RunTabs run={run} ws={ws} tab={tab} outcome={outcome} deeds={deeds} />
      </UnderHeading>
      {deeds.asked !== null && (
        <Suspense>
          <CancelDialog run={run} action={deeds.asked} onClose={deeds.close} />
        </Suspense>
      )}
    </div>
  );
}
