import type { Policy } from '@signalbox/contracts/inventory/list-policies';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { trpc } from '../client/api.ts';
import { kindLabel } from '../operation/kind-label.ts';
import { Time } from '../ui/time.tsx';
import { SeenAt } from './seen-at.tsx';
import { SeenHead, SeenList, useSeenAsk } from './seen-list.tsx';

const columns = 'lg:grid-cols-[minmax(0,2fr)_minmax(0,1.2fr)_7rem_10rem_9rem] lg:items-center lg:gap-x-6';

function PolicyRow({ policy }: { policy: Policy }) {
  const { name, kind, versions, lastCapturedAt, lastSeenAt, removedAt } = policy;
  return (
    <li className={`grid min-h-(--row) gap-x-4 gap-y-0.5 px-4 py-1.5 ${columns}`}>
      <span className={`block min-w-0 truncate ${removedAt === undefined ? '' : 'text-muted'}`} title={name}>
        {name}
      </span>
      {/* Lines that wrap below the name where the row is a card. */}
      <div className="contents max-lg:flex max-lg:flex-wrap max-lg:gap-x-4">
        <span className="text-sm text-muted">{kindLabel(kind)}</span>
        <span className="text-sm text-muted tabular-nums">
          {versions} {versions === 1 ? 'version' : 'versions'}
        </span>
        <span className="text-sm text-muted">
          {lastCapturedAt === undefined ? (
            'Never captured'
          ) : (
            <>
              <span className="lg:sr-only">Captured </span>
              <Time at={lastCapturedAt} />
            </>
          )}
        </span>
        <SeenAt lastSeenAt={lastSeenAt} removedAt={removedAt} />
      </div>
    </li>
  );
}

/** Policies of the tenant as last seen; removed ones still have their captured versions. */
export function PoliciesTab({ tenantId }: { tenantId: number }) {
  const ask = useSeenAsk(tenantId);
  const query = useQuery(trpc.policy.list.queryOptions(ask, { placeholderData: keepPreviousData }));
  return (
    <SeenList
      part="policies"
      tenantId={tenantId}
      query={query}
      habit="with"
      head={<SeenHead columns={columns} names={['Policy', 'Kind', 'Versions', 'Captured', 'Last seen']} />}
      row={(policy) => <PolicyRow key={policy.id} policy={policy} />}
    />
  );
}
