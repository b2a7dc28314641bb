import type { UsageReport } from '@signalbox/contracts/workspace/get-usage-report';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Download, Pencil } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { useCan } from '../access/session.ts';
import { trpc } from '../client/api.ts';
import { ActionButton } from '../run/action-button.tsx';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Page } from '../ui/page.tsx';
import { saveFile } from '../ui/save-file.ts';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { TierPanel } from './tier-panel.tsx';
import { UsageBar, UsageLevel } from './usage-bar.tsx';
import { dayText, monthText, projectionText, usageCsv } from './usage-model.ts';
import { UsageTables } from './usage-tables.tsx';

const route = getRouteApi('/w/$ws/usage');

const TierDialog = lazy(async () => ({ default: (await import('./tier-dialog.tsx')).TierDialog }));
const RenameDialog = lazy(async () => ({ default: (await import('./rename-dialog.tsx')).RenameDialog }));

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="eyebrow">{label}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}

function Month({ usage, ws }: { usage: UsageReport; ws: string }) {
  const id = useId();
  const { runs, limit, level, period, resetsAt, refused } = usage;
  return (
    <section aria-labelledby={id} className="panel min-w-0 p-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id={id} className="text-base font-semibold">
          {monthText(period)}
        </h2>
        <UsageLevel level={level} />
      </div>
      <p className="mt-3 mb-2 tabular-nums">
        <Link
          to="/w/$ws/runs"
          params={{ ws }}
          search={{ operation: 'deployment', after: `${period}T00:00:00Z` }}
          className="text-2xl font-semibold tracking-tight underline decoration-line-strong decoration-1 underline-offset-4 hover:decoration-current"
        >
          {runs.toLocaleString('en')}
          <span className="sr-only"> runs</span>
        </Link>{' '}
        <span className="text-muted">of {limit.toLocaleString('en')} runs used</span>
      </p>
      <UsageBar runs={runs} limit={limit} level={level} />
      <p className="mt-2.5">{projectionText(usage)}</p>
      <dl className="mt-4 grid gap-x-8 gap-y-3 border-t border-line pt-4 sm:grid-cols-2">
        <Fact label="Begins anew">
          {dayText(resetsAt)}, 00:00 UTC{' '}
          <span className="text-sm text-muted">
            (<Time at={resetsAt} />)
          </span>
        </Fact>
        <Fact label="Refused for the limit">
          {refused === 0 ? (
            'No start this month'
          ) : (
            <Link
              to="/w/$ws/refusals"
              params={{ ws }}
              search={{ reason: 'quota_exceeded', since: period }}
              className="link tabular-nums"
            >
              {refused.toLocaleString('en')} {refused === 1 ? 'start' : 'starts'}
            </Link>
          )}
        </Fact>
      </dl>
    </section>
  );
}

/** How much of the month is used and by whom, which tier the workspace is on, and what it is called. */
export function UsagePage() {
  const { ws } = route.useParams();
  const query = useQuery(trpc.workspace.usageReport.queryOptions({}));
  const manage = useCan('workspace.manage');
  const [asked, setAsked] = useState<'tier' | 'name' | null>(null);
  const usage = query.data;
  const close = () => setAsked(null);
  return (
    <Page
      title="Usage and tier"
      actions={
        usage && (
          <>
            <CopyAs call={() => ({ method: 'GET', path: '/v1/usage' })} link />
            <Button
              icon={<Download size={15} aria-hidden="true" />}
              refused={usage.counted.length === 0 ? 'Nothing was counted this month.' : null}
              onClick={() =>
                saveFile(`usage-${ws}-${usage.period.slice(0, 7)}.csv`, [usageCsv(usage)], 'text/csv')
              }
            >
              Export CSV
            </Button>
          </>
        )
      }
    >
      {usage === undefined ? (
        query.isError ? (
          <FaultView error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <SkeletonBlock className="h-96" />
        )
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid min-w-0 gap-4">
            <Month usage={usage} ws={ws} />
            <UsageTables usage={usage} ws={ws} />
          </div>
          <div className="grid min-w-0 gap-4">
            <TierPanel usage={usage} onChange={() => setAsked('tier')} />
            <section aria-label="The workspace" className="panel min-w-0 p-5">
              <div className="flex items-center justify-between gap-3">
                <h2 className="text-base font-semibold">Workspace</h2>
                <ActionButton
                  size="small"
                  icon={<Pencil size={14} aria-hidden="true" />}
                  refused={manage ? null : 'You lack the capability workspace.manage. Owners hold it.'}
                  onClick={() => setAsked('name')}
                >
                  Rename
                </ActionButton>
              </div>
              <dl className="mt-3 grid gap-3">
                <Fact label="Name">
                  <span className="wrap-anywhere">{usage.name}</span>
                </Fact>
                <Fact label="Id, for X-Workspace-Id">
                  <code className="font-mono text-sm">{usage.workspaceId}</code>
                </Fact>
              </dl>
            </section>
          </div>
        </div>
      )}
      <Suspense>
        {usage && asked === 'tier' && <TierDialog usage={usage} onClose={close} />}
        {usage && asked === 'name' && <RenameDialog usage={usage} onClose={close} />}
      </Suspense>
    </Page>
  );
}
