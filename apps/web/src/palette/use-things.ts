import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { trpc } from '../client/api.ts';
import { searchOfView } from '../saved-view/view-model.ts';
import type { Entry, EntryGroup } from './entries.ts';
import type { Target } from './target.ts';

/** What is looked up when the palette opens stays good for this long, ms. */
const staleTime = 30_000;
/** As many of each kind are searched by their names. */
const limit = 200;

/** Things of the workspace that are found by their names. */
export function useThings(ws: string): EntryGroup[] {
  const { navigate, history } = useRouter();
  const params = { ws };
  const tenants = useQuery(trpc.tenant.list.queryOptions({ limit }, { staleTime }));
  const connections = useQuery(trpc.connection.list.queryOptions({ limit }, { staleTime }));
  const sets = useQuery(trpc.backupSet.list.queryOptions({ limit }, { staleTime }));
  const views = useQuery(trpc.savedView.list.queryOptions({ page: 'runs' }, { staleTime }));
  return [
    {
      value: 'Your views',
      items: (views.data?.items ?? []).map(({ id, name, search }) => ({
        id: `view ${id}`,
        label: name,
        note: 'Runs',
        icon: 'view',
        act: () => void navigate({ to: '/w/$ws/runs', params, search: searchOfView(search) }),
      })),
    },
    {
      value: 'Tenants',
      items: (tenants.data?.items ?? []).map(({ id, name, externalId }) => ({
        id: `tenant ${id}`,
        label: name,
        note: externalId,
        icon: 'tenant',
        act: () => history.push(`/w/${ws}/tenants/${id}`),
      })),
    },
    {
      value: 'Connections',
      items: (connections.data?.items ?? []).map(({ id, label, tenant }) => ({
        id: `connection ${id}`,
        label,
        note: tenant?.name ?? '',
        icon: 'connections',
        act: () =>
          void navigate({
            to: '/w/$ws/connections/$connectionId',
            params: { ws, connectionId: String(id) },
          }),
      })),
    },
    {
      value: 'Backup sets',
      items: (sets.data?.items ?? []).map(({ id, name, tenant }) => ({
        id: `set ${id}`,
        label: name,
        note: tenant.name,
        icon: 'sets',
        act: () => void navigate({ to: '/w/$ws/backup-sets/$setId', params: { ws, setId: String(id) } }),
      })),
    },
  ];
}

/** Runs by what was typed, or the newest ones while nothing is. */
export function useRuns(ws: string, target: Target | null): { group: EntryGroup; isLooking: boolean } {
  const { navigate } = useRouter();
  const q = target?.kind === 'run' ? target.q : undefined;
  const found = useQuery(
    trpc.run.list.queryOptions(q === undefined ? { limit: 5 } : { limit: 5, q }, { staleTime: 2_000 }),
  );
  const items = (found.data?.items ?? []).map(
    ({ id, operationLabel, tenant, codename, statusText }): Entry => ({
      id: `run ${id}`,
      label: `#${id} ${operationLabel}${tenant === undefined ? '' : ` · ${tenant.name}`}`,
      note: statusText,
      words: codename,
      icon: 'runs',
      act: () => void navigate({ to: '/w/$ws/runs/$runId', params: { ws, runId: String(id) } }),
    }),
  );
  return {
    group: { value: q === undefined ? 'Newest runs' : 'Run', items },
    isLooking: q !== undefined && found.isPending,
  };
}
