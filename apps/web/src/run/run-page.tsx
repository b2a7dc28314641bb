import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { UnknownPage } from '../app/unknown-page.tsx';
import { announce } from '../ui/announcer.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { numericId } from '../ui/numeric-id.ts';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { useTitle } from '../ui/use-title.ts';
import { CountsBar } from './counts-bar.tsx';
import { RunActions } from './run-actions.tsx';
import { RunFacts } from './run-facts.tsx';
import { hasPreview, RunTabs, tabsOf } from './run-tabs.tsx';
import type { RunView } from './run-view.ts';
import type { RunTab } from './search.ts';
import { Status } from './status.tsx';
import { useLiveRun } from './use-live-run.ts';
import { useRunAgain } from './use-run-again.ts';
import { WhatNextCard } from './what-next-card.tsx';

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
  return isTerminal(run.status) && run.counts.failed > 0 ? 'items' : 'timeline';
}

function RunDetail({ run }: { run: RunView }) {
  const { ws } = route.useParams();
  const search = route.useSearch();
  const again = useRunAgain(run.id);
  const ended = isTerminal(run.status);
  const target = run.tenant?.name ?? run.connection?.label;
  // The part open at first is the one that answers most; it does not change under the reader afterwards.
  const [first] = useState(() => ({
    tab: firstTab(run),
    outcome: ended && run.counts.failed > 0 ? ('failed' as const) : undefined,
  }));
  const asked = search.tab;
  const tab = asked !== undefined && tabsOf(run).includes(asked) ? asked : first.tab;
  const outcome = search.outcome ?? (search.tab === undefined ? first.outcome : undefined);

  const { total, succeeded, failed, skipped } = run.counts;
  useEffect(() => {
    const progress = total > 0 ? `, ${succeeded + failed + skipped} of ${total}, ${failed} failed` : '';
    announce(`Run ${run.id}: ${run.status}${progress}`);
  }, [run.id, run.status, total, succeeded, failed, skipped]);

  return (
    <Page
      title={`Run #${run.id}, ${run.operationLabel}`}
      heading={
        <>
          {run.operationLabel}
          {target && <span className="font-normal text-muted"> · {target}</span>}
        </>
      }
      trail={
        <>
          <Link to="/w/$ws/runs" params={{ ws }} className="link">
            Runs
          </Link>{' '}
          / <span className="font-mono">#{run.id}</span>
        </>
      }
      actions={<RunActions run={run} ws={ws} again={again} />}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Status status={run.status} waitCause={run.reasonCode ?? null} size="large" />
        {run.reason && run.reason.label.toLowerCase() !== run.status && (
          <p className="min-w-0 text-muted">{run.reason.label}</p>
        )}
      </div>
      <RunFacts run={run} ws={ws} />
      <WhatNextCard run={run} here={`/w/${ws}/runs/${run.id}`} again={again} />
      <CountsBar counts={run.counts} chosen={tab === 'items' ? outcome : undefined} />
      <RunTabs run={run} ws={ws} tab={tab} outcome={outcome} />
    </Page>
  );
}
