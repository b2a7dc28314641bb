import { batchStatuses } from '@signalbox/domain/provisioning/batch-operation';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus, Workflow } from 'lucide-react';
import { useBulkPoll } from '../bulk/use-bulk-poll.ts';
import { trpc } from '../client/api.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { BatchSign } from './batch-sign.tsx';
import type { BatchRowView } from './batch-view.ts';
import { batchSigns } from './batch-words.ts';
import { batchesInput } from './batches-search.ts';

const route = getRouteApi('/w/$ws/batches');
const columns =
  'md:grid-cols-[minmax(0,2fr)_7rem_minmax(0,1.4fr)_8rem_minmax(0,1fr)_7rem] md:items-center gap-x-6';

/** `4/6 · 1 failed` with a thin bar. */
function Done({ counts }: { counts: BatchRowView['counts'] }) {
  const { total, completed, failed, skipped, cancelled } = counts;
  const width = (count: number) => ({ width: `${(100 * count) / Math.max(1, total)}%` });
  return (
    <span className="grid gap-1">
      <span className="text-sm tabular-nums md:whitespace-nowrap">
        {completed}
        <span className="text-faint">/{total} done</span>
        {failed > 0 && <span className="font-medium text-stop"> · {failed} failed</span>}
        {skipped > 0 && <span className="text-muted"> · {skipped} skipped</span>}
      </span>
      <span aria-hidden="true" className="flex h-1 max-w-44 gap-px overflow-hidden rounded-full bg-sunken">
        <span className="bg-clear" style={width(completed)} />
        <span className="bg-stop" style={width(failed)} />
        <span className="bg-idle" style={width(skipped + cancelled)} />
      </span>
    </span>
  );
}

function Row({ batch, ws }: { batch: BatchRowView; ws: string }) {
  return (
    <li className={`relative grid min-h-(--row) gap-y-1.5 px-4 py-2.5 hover:bg-hover ${columns}`}>
      <span className="min-w-0">
        <Link
          to="/w/$ws/batches/$batchId"
          params={{ ws, batchId: batch.id }}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {batch.name}
        </Link>
        <span className="block truncate font-mono text-xs text-faint">{batch.infras.join(', ')}</span>
      </span>
      <span className="text-sm">
        <BatchSign status={batch.status} />
      </span>
      <Done counts={batch.counts} />
      <span className="text-sm text-muted">
        <span className="md:block">At most {batch.parallelLimit} at once</span>
        <span className="md:hidden"> · </span>
        <span className="md:block">Rollback {batch.rollbackEnabled ? 'on' : 'off'}</span>
      </span>
      <span className="flex min-w-0 gap-x-3 text-sm text-muted md:contents">
        <span className="truncate text-sm text-muted">{batch.requestedBy}</span>
        <span className="text-sm text-muted">
          <Time at={batch.createdAt} />
        </span>
      </span>
    </li>
  );
}

function NoBatches({ ws }: { ws: string }) {
  const { status, cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const icon = <Workflow size={26} aria-hidden="true" />;
  if (status !== undefined || cursor !== undefined) {
    return (
      <Notice
        icon={icon}
        title="No batch matches"
        actions={<Button onClick={() => void navigate({ search: {} })}>Show them all</Button>}
      >
        {status === undefined
          ? 'Nothing stands on this page of the list.'
          : `No batch stands as ${batchSigns[status].word.toLowerCase()} here.`}
      </Notice>
    );
  }
  return (
    <Notice
      icon={icon}
      title="No batches yet"
      actions={
        <>
          <Link to="/w/$ws/batches/new" params={{ ws }} className={buttonClass('primary')}>
            Make the first batch
          </Link>
          <CopyAs
            label="Copy the call"
            call={() => ({ method: 'POST', path: '/v1/batches', keyed: true, body: {} })}
          />
        </>
      }
    >
      A batch is a graph of operations on servers, task services and clusters: each begins when all it depends
      on have succeeded, and what a failure leaves behind can be undone.
    </Notice>
  );
}

/** Batches, newest first. */
export function BatchesPage() {
  const { ws } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const poll = useBulkPoll(true);
  const query = useQuery(
    trpc.batch.list.queryOptions(batchesInput(search), {
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) =>
        state.data?.items.some(({ status }) => status === 'running') ? poll : false,
    }),
  );
  const rows = query.data?.items ?? [];
  return (
    <Page
      title="Batches"
      actions={
        <>
          <CopyAs call={() => ({ method: 'GET', path: '/v1/batches', query: batchesInput(search) })} link />
          <Link to="/w/$ws/batches/new" params={{ ws }} className={buttonClass('primary')}>
            <Plus size={15} aria-hidden="true" />
            New batch
          </Link>
        </>
      }
    >
      <fieldset className="flex flex-wrap items-center gap-2">
        <legend className="sr-only">Show by status</legend>
        {batchStatuses.map((status) => (
          <Button
            key={status}
            aria-pressed={search.status === status}
            className="aria-pressed:border-accent aria-pressed:bg-accent-soft"
            onClick={() =>
              void navigate({ search: { status: search.status === status ? undefined : status } })
            }
          >
            <BatchSign status={status} />
          </Button>
        ))}
      </fieldset>
      <section aria-label="All batches" className="panel min-w-0 overflow-hidden">
        {query.isPending ? (
          <SkeletonRows rows={6} />
        ) : query.isError && query.data === undefined ? (
          <FaultView error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <NoBatches ws={ws} />
        ) : (
          <div className={query.isPlaceholderData ? 'opacity-60' : ''}>
            <div
              aria-hidden="true"
              className={`eyebrow hidden border-b border-line px-4 py-2 md:grid ${columns}`}
            >
              <span>Batch</span>
              <span>Status</span>
              <span>Operations</span>
              <span>Rules</span>
              <span>By</span>
              <span>Created</span>
            </div>
            <ul aria-label="Batches" className="divide-y divide-line">
              {rows.map((batch) => (
                <Row key={batch.id} batch={batch} ws={ws} />
              ))}
            </ul>
          </div>
        )}
      </section>
      <Pager cursor={search.cursor} next={query.data?.nextCursor} />
    </Page>
  );
}
