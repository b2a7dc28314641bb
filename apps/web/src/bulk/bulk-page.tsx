import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { OctagonX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { trpc } from '../client/api.ts';
import { announce } from '../ui/announcer.tsx';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { numericId } from '../ui/numeric-id.ts';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { AbortDialog } from './abort-dialog.tsx';
import { BulkCounts } from './bulk-counts.tsx';
import { BulkItems } from './bulk-items.tsx';
import type { BulkView } from './bulk-view.ts';
import { actionWords, runsWords } from './bulk-words.ts';
import { DownloadReceipt } from './download-receipt.tsx';
import { SelectionText } from './selection-text.tsx';
import { useBulkPoll } from './use-bulk-poll.ts';

const route = getRouteApi('/w/$ws/bulk/$bulkId');

function Facts({ bulk }: { bulk: BulkView }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-sm">
      <dt className="text-faint">Asked by</dt>
      <dd>
        {bulk.requestedBy}, <Time at={bulk.createdAt} hinted />
      </dd>
      <dt className="text-faint">Chosen</dt>
      <dd className="[overflow-wrap:anywhere]">
        <SelectionText selection={bulk.selection} />
      </dd>
      {bulk.reason !== undefined && (
        <>
          <dt className="text-faint">Reason</dt>
          <dd className="whitespace-pre-line [overflow-wrap:anywhere]">{bulk.reason}</dd>
        </>
      )}
      {bulk.abortedBy !== undefined && (
        <>
          <dt className="text-faint">Aborted by</dt>
          <dd className="[overflow-wrap:anywhere]">
            {bulk.abortedBy}
            {bulk.finishedAt && (
              <>
                , <Time at={bulk.finishedAt} hinted />
              </>
            )}
            {bulk.abortReason && `: ${bulk.abortReason}`}
          </dd>
        </>
      )}
    </dl>
  );
}

function Receipt({ bulk, ws }: { bulk: BulkView; ws: string }) {
  const shown = route.useSearch();
  const [aborting, setAborting] = useState(false);
  useEffect(() => announce(bulk.statusText), [bulk.statusText]);
  const title = `${actionWords[bulk.action].ask} ${runsWords(bulk.counts.total)}`;
  return (
    <Page
      title={title}
      trail={
        <>
          <Link to="/w/$ws/bulk" params={{ ws }} className="link">
            Bulk actions
          </Link>{' '}
          <span className="font-mono">#{bulk.id}</span>
        </>
      }
      actions={
        <>
          <DownloadReceipt id={bulk.id} />
          <CopyAs call={() => ({ method: 'GET', path: `/v1/bulk-actions/${bulk.id}/items` })} link />
          {bulk.status === 'working' && (
            <Button
              look="danger"
              icon={<OctagonX size={15} aria-hidden="true" />}
              refused={bulk.abortRefused ?? null}
              onClick={() => setAborting(true)}
            >
              Abort
            </Button>
          )}
        </>
      }
    >
      <p className="text-base font-medium">{bulk.statusText}</p>
      <BulkCounts bulk={bulk} shown={shown} />
      <Facts bulk={bulk} />
      <section aria-label="Runs" className="panel overflow-hidden">
        <BulkItems bulk={bulk} shown={shown} ws={ws} />
      </section>
      <AbortDialog bulk={bulk} open={aborting} onClose={() => setAborting(false)} />
    </Page>
  );
}

/** The receipt of a bulk action: how far it is, and what was answered to each run. */
export function BulkPage() {
  const { ws, bulkId } = route.useParams();
  const id = numericId(bulkId);
  const poll = useBulkPoll(true);
  const query = useQuery(
    trpc.bulk.get.queryOptions(
      // An id that no thing can have is asked for like one that no thing has.
      { id: id ?? 2_147_483_647 },
      { refetchInterval: ({ state }) => (state.data?.status === 'working' ? poll : false) },
    ),
  );
  if (query.data !== undefined) return <Receipt bulk={query.data} ws={ws} />;
  return (
    <Page title="Bulk action">
      {query.isError ? (
        <FaultView error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonBlock className="h-40" />
      )}
    </Page>
  );
}
