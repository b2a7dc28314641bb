import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { meQuery } from '../access/session.ts';
import { api } from '../client/api.ts';
import { writeJson } from '../operation/json-text.ts';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { RequestId } from '../ui/request-id.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import type { AuditEntryView, RunView } from './run-view.ts';
import type { TabProps } from './tab-props.ts';

const kinds: Readonly<Record<string, string>> = {
  user: 'person',
  api_key: 'API key',
  worker: 'worker',
  system: 'Signalbox',
};

/** A detail in words: its name as it is kept, its value as text. */
function Details({ details }: { details: AuditEntryView['details'] }) {
  const entries = Object.entries(details).filter(([, value]) => value !== null);
  if (entries.length === 0) return null;
  return (
    <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-sm">
      {entries.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-faint">{name}</dt>
          <dd className="min-w-0 break-words whitespace-pre-wrap">
            {typeof value === 'string' ? (
              value
            ) : (
              <code className="font-mono text-xs">{writeJson(value)}</code>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Entry({ entry }: { entry: AuditEntryView }) {
  return (
    <li className="grid gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 last:border-b-0 md:grid-cols-[10rem_minmax(0,1fr)_auto]">
      <span className="text-sm text-muted">
        <Time at={entry.at} hinted />
      </span>
      <div className="min-w-0">
        <strong className="font-semibold break-words">{entry.actor.name}</strong>{' '}
        <span className="text-sm text-faint">({kinds[entry.actor.kind] ?? entry.actor.kind})</span>{' '}
        {entry.actor.onBehalfOf !== undefined && (
          <>
            for <strong className="font-semibold break-words">{entry.actor.onBehalfOf}</strong>{' '}
          </>
        )}
        {entry.label}
        <code className="ml-2 font-mono text-xs text-faint">{entry.action}</code>
        <Details details={entry.details} />
      </div>
      <span className="text-sm text-faint">{entry.requestId && <RequestId id={entry.requestId} />}</span>
    </li>
  );
}

/** What was done, read again whenever the run has moved to another state. */
function Entries({ run }: { run: RunView }) {
  const query = useInfiniteQuery({
    queryKey: ['run-audit', run.id, run.status, run.cancelRequestedAt ?? null],
    queryFn: ({ pageParam }) =>
      api.run.audit.query({ id: run.id, limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (old) => old,
  });
  if (query.isPending) return <SkeletonRows rows={4} />;
  if (query.data === undefined) return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  const entries = query.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <div className="flex items-center justify-between border-b border-line px-4 py-1.5 text-sm text-muted">
        Oldest first. Entries are never changed or removed.
        <CopyAs call={() => ({ method: 'GET', path: `/v1/runs/${run.id}/audit` })} link />
      </div>
      {entries.length === 0 ? (
        <Notice title="Nothing is recorded">No deed on this run was recorded.</Notice>
      ) : (
        <ol aria-label="Audit entries">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <Button
          look="quiet"
          className="m-2 justify-self-start"
          pending={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show later entries
        </Button>
      )}
    </>
  );
}

/** Who did what to this run. Whoever may not read it learns what is missing, and no request is made in vain. */
export function AuditTab({ run }: TabProps) {
  const me = useQuery(meQuery());
  if (me.data?.current.capabilities.includes('audit.read') === false) {
    return (
      <Notice icon={<Lock size={26} aria-hidden="true" />} title="You may not read the audit log">
        Needed: <code className="font-mono text-sm">audit.read</code>. Managers and owners of the workspace
        hold it.
      </Notice>
    );
  }
  return <Entries run={run} />;
}
