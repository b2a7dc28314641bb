import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Archive, Plus } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '../access/session.ts';
import { trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { TenantFilter } from '../ui/tenant-filter.tsx';
import { Time } from '../ui/time.tsx';
import { CreateBackupSet } from './create-backup-set.tsx';

const route = getRouteApi('/w/$ws/backup-sets');

/** Named sets of captured policies, from which a restore is made. */
export function BackupSetsPage() {
  const { ws } = route.useParams();
  const { tenant } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useCan('backup.manage');
  const [creating, setCreating] = useState(false);
  const query = useQuery(
    trpc.backupSet.list.queryOptions({
      limit: 200,
      ...(tenant === undefined ? {} : { tenantId: Number(tenant) }),
    }),
  );
  const rows = query.data?.items ?? [];
  return (
    <Page
      title="Backup sets"
      actions={
        <Button
          icon={<Plus size={15} aria-hidden="true" />}
          refused={may ? null : 'You lack the capability backup.manage.'}
          onClick={() => setCreating(true)}
        >
          New backup set
        </Button>
      }
    >
      <TenantFilter tenant={tenant} onChange={(next) => void navigate({ search: { tenant: next } })} />
      <div className="panel overflow-hidden">
        {query.isPending ? (
          <SkeletonRows rows={4} />
        ) : query.isError && query.data === undefined ? (
          <FaultView error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <Notice icon={<Archive size={26} aria-hidden="true" />} title="No backup sets yet">
            A backup set is a named set of captured policies. Make one, add policies to it, and restore from
            it.
          </Notice>
        ) : (
          <ul className="divide-y divide-line">
            {rows.map((set) => (
              <li
                key={set.id}
                className="relative flex min-h-(--row) flex-wrap items-center gap-x-4 gap-y-0.5 px-4 py-2.5 hover:bg-hover sm:grid sm:gap-x-6 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_7rem_8rem_9rem]"
              >
                <Link
                  to="/w/$ws/backup-sets/$setId"
                  params={{ ws, setId: String(set.id) }}
                  className="truncate font-medium after:absolute after:inset-0 max-sm:w-full"
                >
                  {set.name}
                </Link>
                <span className="truncate text-muted">{set.tenant.name}</span>
                <span className="text-muted">
                  {set.items} {set.items === 1 ? 'item' : 'items'}
                </span>
                <span className={set.complete ? 'text-muted' : 'font-medium text-caution'}>
                  {set.complete ? 'Complete' : set.items === 0 ? 'Empty' : 'Incomplete'}
                </span>
                <span className="text-sm text-muted">
                  <Time at={set.updatedAt ?? set.createdAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <CreateBackupSet ws={ws} open={creating} onClose={() => setCreating(false)} />
    </Page>
  );
}
