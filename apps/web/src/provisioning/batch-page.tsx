import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { OctagonX, RotateCcw } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useBulkPoll } from '../bulk/use-bulk-poll.ts';
import { queryClient, trpc } from '../client/api.ts';
import { useRunHints } from '../live/use-run-hints.ts';
import { ActionButton } from '../run/action-button.tsx';
import { announce } from '../ui/announcer.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { BatchCounts } from './batch-counts.tsx';
import { BatchFacts } from './batch-facts.tsx';
import { BatchFailures } from './batch-failures.tsx';
import { BatchGraph } from './batch-graph.tsx';
import { BatchItems } from './batch-items.tsx';
import { BatchSign } from './batch-sign.tsx';
import type { BatchView } from './batch-view.ts';
import { CancelBatch } from './cancel-batch.tsx';
import { chainOf, graphItems } from './item-model.ts';
import { RetryBatch } from './retry-batch.tsx';

const route = getRouteApi('/w/$ws/batches/$batchId');

function Batch({ batch, ws }: { batch: BatchView; ws: string }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [asking, setAsking] = useState<'cancel' | 'retry' | null>(null);
  const { items } = batch;
  const drawn = useMemo(() => graphItems(items), [items]);
  const chain = useMemo(() => chainOf(items), [items]);
  useEffect(() => announce(batch.statusText), [batch.statusText]);
  const show = (part: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  const choose = (id: string) => {
    // A filter that leaves the operation out gives way.
    show({ op: id, status: undefined });
    requestAnimationFrame(() => document.getElementById(`op-${id}`)?.scrollIntoView({ block: 'nearest' }));
  };
  return (
    <Page
      title={batch.name}
      trail={
        <Link to="/w/$ws/batches" params={{ ws }} className="link">
          Batches
        </Link>
      }
      actions={
        <>
          <CopyAs call={() => ({ method: 'GET', path: `/v1/batches/${batch.id}` })} link />
          {batch.status === 'running' ? (
            <ActionButton
              look="danger"
              icon={<OctagonX size={15} aria-hidden="true" />}
              refused={batch.cancelRefused ?? null}
              onClick={() => setAsking('cancel')}
            >
              Cancel…
            </ActionButton>
          ) : (
            <ActionButton
              icon={<RotateCcw size={15} aria-hidden="true" />}
              refused={batch.retryRefused ?? null}
              onClick={() => setAsking('retry')}
            >
              Retry from failed…
            </ActionButton>
          )}
        </>
      }
    >
      <section
        aria-label="How it stands"
        className="panel grid gap-4 p-4 md:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] md:gap-8"
      >
        <div className="grid content-start gap-3">
          <BatchSign status={batch.status} large />
          <p className="text-base font-medium [overflow-wrap:anywhere]">{batch.statusText}</p>
          <BatchCounts
            batch={batch}
            chosen={search.status}
            onChoose={(status) => show({ status, group: undefined })}
          />
        </div>
        <BatchFacts batch={batch} ws={ws} />
      </section>
      <BatchFailures batch={batch} ws={ws} onChoose={choose} />
      <section aria-label="Graph" className="panel min-w-0 overflow-hidden">
        <BatchGraph
          key={batch.id}
          items={drawn}
          chain={search.chain === 'off' ? [] : chain}
          onChain={() => show({ chain: search.chain === 'off' ? undefined : 'off' })}
          chosen={search.op}
          onChoose={choose}
          group={search.group}
          onGroup={(group) => show({ group })}
        />
      </section>
      <BatchItems batch={batch} ws={ws} shown={search} onShow={show} />
      {asking === 'cancel' && <CancelBatch batch={batch} onClose={() => setAsking(null)} />}
      {asking === 'retry' && <RetryBatch batch={batch} ws={ws} onClose={() => setAsking(null)} />}
    </Page>
  );
}

/** An id that no thing has, asked for in place of one that no thing can have. */
const noBatch = '00000000-0000-7000-8000-000000000000';
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One batch: how it stands, what failed and what that kept from beginning, and each of its operations. */
export function BatchPage() {
  const { ws, batchId } = route.useParams();
  const id = idPattern.test(batchId) ? batchId : noBatch;
  const poll = useBulkPoll(true);
  const query = useQuery(
    trpc.batch.get.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data?.status === 'running' ? poll : false) },
    ),
  );
  const runs = new Set(query.data?.items.flatMap(({ run }) => run?.id ?? []));
  useRunHints(
    ({ id: run }) => runs.has(run),
    () => void queryClient.invalidateQueries({ queryKey: trpc.batch.get.queryKey({ id }) }),
  );
  if (query.data !== undefined) return <Batch key={id} batch={query.data} ws={ws} />;
  return (
    <Page title="Batch">
      {query.isError ? (
        <FaultView error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonBlock className="h-60" />
      )}
    </Page>
  );
}
