import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Boxes, Plus } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useCan } from '../access/session.ts';
import { trpc } from '../client/api.ts';
import { HolderLink } from '../gate/holder-link.tsx';
import { ActionButton } from '../run/action-button.tsx';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { settingsExample, standingWords } from './infra-model.ts';
import type { InfraRowView } from './infra-view.ts';
import { usePollInfras } from './use-poll-infras.ts';

const NewInfra = lazy(async () => ({ default: (await import('./new-infra.tsx')).NewInfra }));

const route = getRouteApi('/w/$ws/infras');
const columns =
  'md:grid-cols-[minmax(0,1.6fr)_7rem_minmax(0,1.8fr)_minmax(0,1.4fr)_minmax(0,1.4fr)] md:items-center gap-x-6';

function Row({ infra, ws }: { infra: InfraRowView; ws: string }) {
  const { name, provider, counts, holder, createdBy, createdAt } = infra;
  return (
    <li className={`relative grid min-h-(--row) gap-y-1 px-4 py-2.5 hover:bg-hover ${columns}`}>
      <Link
        to="/w/$ws/infras/$infra"
        params={{ ws, infra: name }}
        className="block min-w-0 truncate font-mono font-medium after:absolute after:inset-0"
      >
        {name}
      </Link>
      <span className="text-sm text-muted">{provider ?? 'Not said'}</span>
      <span className="text-sm">
        {standingWords(counts) ?? <span className="text-muted">Nothing stands yet</span>}
      </span>
      <span className="min-w-0 truncate text-sm text-muted">
        <Time at={infra.settingsChangedAt ?? createdAt} /> by {infra.settingsChangedBy ?? createdBy}
      </span>
      <span className="text-sm">
        {holder === undefined ? (
          <span className="text-muted">Free</span>
        ) : (
          <>
            <HolderLink holder={holder} ws={ws} begins /> <span className="text-muted">works on it</span>
          </>
        )}
      </span>
    </li>
  );
}

function NoInfras({ refused, onNew }: { refused: string | null; onNew: () => void }) {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const icon = <Boxes size={26} aria-hidden="true" />;
  if (cursor !== undefined) {
    return (
      <Notice
        icon={icon}
        title="No infra here"
        actions={<Button onClick={() => void navigate({ search: {} })}>From the beginning</Button>}
      >
        Nothing stands on this page of the list.
      </Notice>
    );
  }
  return (
    <Notice
      icon={icon}
      title="No infras yet"
      actions={
        <>
          <Button look="primary" refused={refused} onClick={onNew}>
            Make the first infra
          </Button>
          <CopyAs
            label="Copy the call"
            call={() => ({
              method: 'POST',
              path: '/v1/infras',
              keyed: true,
              body: { name: 'web', settings: settingsExample },
            })}
          />
        </>
      }
    >
      An infra is what is provisioned as a whole: a settings file that says what it should be made of, and
      what was made from it.
    </Notice>
  );
}

/** Infras by name, with what stands of each and who works on it. */
export function InfrasPage() {
  const { ws } = route.useParams();
  const { cursor, open } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useCan('infra.manage');
  const refused = may ? null : 'Needs infra.manage, which your role does not hold';
  const input = { limit: 50, ...(cursor !== undefined && { cursor }) };
  const query = useQuery(
    trpc.infra.list.queryOptions(input, { placeholderData: keepPreviousData, staleTime: 0 }),
  );
  usePollInfras();
  const rows = query.data?.items ?? [];
  const show = (next: 'new' | undefined) =>
    void navigate({ search: (old) => ({ ...old, open: next }), replace: true, resetScroll: false });
  return (
    <Page
      title="Infras"
      actions={
        <>
          <CopyAs call={() => ({ method: 'GET', path: '/v1/infras', query: input })} link />
          <ActionButton
            look="primary"
            icon={<Plus size={15} aria-hidden="true" />}
            refused={refused}
            onClick={() => show('new')}
          >
            New infra
          </ActionButton>
        </>
      }
    >
      <section aria-label="All infras" className="panel min-w-0 overflow-hidden">
        {query.isPending ? (
          <SkeletonRows rows={6} />
        ) : query.isError && query.data === undefined ? (
          <FaultView error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <NoInfras refused={refused} onNew={() => show('new')} />
        ) : (
          <div className={query.isPlaceholderData ? 'opacity-60' : ''}>
            <div
              aria-hidden="true"
              className={`eyebrow hidden border-b border-line px-4 py-2 md:grid ${columns}`}
            >
              <span>Infra</span>
              <span>Provider</span>
              <span>Stands</span>
              <span>Settings changed</span>
              <span>Now</span>
            </div>
            <ul aria-label="Infras" className="divide-y divide-line">
              {rows.map((infra) => (
                <Row key={infra.name} infra={infra} ws={ws} />
              ))}
            </ul>
          </div>
        )}
      </section>
      <Pager cursor={cursor} next={query.data?.nextCursor} />
      {open === 'new' && may && (
        <Suspense>
          <NewInfra ws={ws} onClose={() => show(undefined)} />
        </Suspense>
      )}
    </Page>
  );
}
