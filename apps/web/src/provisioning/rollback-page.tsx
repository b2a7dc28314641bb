import { useQueries } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { SearchX, Undo2 } from 'lucide-react';
import { useEffect } from 'react';
import { useCan } from '../access/session.ts';
import { trpc } from '../client/api.ts';
import { faultOf } from '../client/problem-model.ts';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { aimOf, type RollbackAim, readOperations } from './rollback-aim.ts';
import { RollbackCheckpoint, RollbackOperations } from './rollback-choice.tsx';
import { RollbackForm } from './rollback-form.tsx';
import { RollbackSteps } from './rollback-steps.tsx';
import { RollbackVerdict } from './rollback-verdict.tsx';
import { useRollbackPreview } from './use-rollback-preview.ts';

const route = getRouteApi('/w/$ws/rollback');

const tabLook =
  '-mb-px flex h-10 items-center border-b-2 border-transparent px-2.5 whitespace-nowrap text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink';

/** What would be undone, and below or beside it the deed. */
function Preview({ aim, ws }: { aim: RollbackAim; ws: string }) {
  const preview = useRollbackPreview(aim);
  const { data } = preview;
  if (data === undefined) {
    return (
      <section aria-label="Preview" className="panel">
        {!preview.isError ? (
          <SkeletonRows rows={6} />
        ) : 'operations' in aim && faultOf(preview.error).kind === 'not-found' ? (
          <Notice role="alert" icon={<SearchX size={26} aria-hidden="true" />} title="Not found">
            {aim.operations.length === 1 ? 'This operation is' : 'One of these operations is'} not known here,
            or it never began. Only what has begun can be undone.
          </Notice>
        ) : (
          <FaultView error={preview.error} onRetry={() => void preview.refetch()} />
        )}
      </section>
    );
  }
  if (data.steps.length === 0) {
    return (
      <section aria-label="Preview" className="panel">
        <Notice icon={<Undo2 size={26} aria-hidden="true" />} title="Nothing to undo">
          {data.checkpoint === undefined
            ? 'Everything these operations changed has been undone already, or they changed nothing.'
            : 'Nothing that was changed since this checkpoint still stands.'}
        </Notice>
      </section>
    );
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <RollbackSteps preview={data} />
      <div className="panel grid gap-5 p-4 lg:sticky lg:top-18">
        <RollbackVerdict preview={preview} ws={ws} />
        <RollbackForm aim={aim} preview={data} ws={ws} />
      </div>
    </div>
  );
}

/** Runs that the address names by number, found and named as operations. */
function NameRuns({ ids }: { ids: readonly number[] }) {
  const navigate = route.useNavigate();
  const runs = useQueries({
    queries: ids.map((id) => trpc.run.get.queryOptions({ id }, { staleTime: 60_000 })),
  });
  const failed = runs.find(({ data, error }) => data === undefined && error !== null);
  const found = runs.flatMap(({ data }) => data ?? []);
  const names = found.length === ids.length ? found.map(({ uid }) => uid).join(',') : null;
  useEffect(() => {
    if (names !== null) void navigate({ search: { by: 'operations', operations: names }, replace: true });
  }, [names, navigate]);
  return (
    <section aria-label="Preview" className="panel">
      {failed === undefined ? (
        <SkeletonRows rows={6} />
      ) : (
        <FaultView error={failed.error} onRetry={() => void failed.refetch()} />
      )}
    </section>
  );
}

/** Undoing what was changed: choose, see what would happen, say why, and follow it as a run. */
export function RollbackPage() {
  const { ws } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = useCan('rollback.execute');
  const { by, aim } = aimOf(search);
  return (
    <Page
      title="Roll back"
      trail={
        <Link to="/w/$ws/checkpoints" params={{ ws }} className="link">
          Checkpoints
        </Link>
      }
    >
      <section aria-label="What to undo" className="panel min-w-0">
        <nav aria-label="What to undo" className="flex overflow-x-auto border-b border-line px-2">
          <Link
            to="."
            search={search.checkpoint === undefined ? {} : { checkpoint: search.checkpoint }}
            activeOptions={{ exact: true }}
            aria-current={by === 'checkpoint' ? 'page' : undefined}
            className={tabLook}
          >
            Back to a checkpoint
          </Link>
          <Link
            to="."
            search={{ by: 'operations', operations: search.operations }}
            activeOptions={{ exact: true }}
            aria-current={by === 'operations' ? 'page' : undefined}
            className={tabLook}
          >
            Chosen operations
          </Link>
        </nav>
        <div className="p-4">
          {by === 'checkpoint' ? (
            <RollbackCheckpoint
              ws={ws}
              chosen={search.checkpoint}
              onChoose={(checkpoint) => void navigate({ search: { checkpoint }, replace: true })}
            />
          ) : (
            <RollbackOperations
              ws={ws}
              chosen={readOperations(search.operations)}
              onChoose={(names) =>
                void navigate({
                  search: {
                    by: 'operations',
                    operations: names.length === 0 ? undefined : names.join(','),
                  },
                  replace: true,
                  resetScroll: false,
                })
              }
            />
          )}
        </div>
      </section>
      {search.runs !== undefined ? (
        <NameRuns ids={[...new Set(search.runs.split(',').map(Number))]} />
      ) : may ? (
        aim !== null && <Preview key={JSON.stringify(aim)} aim={aim} ws={ws} />
      ) : (
        <section aria-label="Preview" className="panel">
          <Notice title="You may not roll back">
            It needs <code className="font-mono text-sm">rollback.execute</code>, which your role does not
            hold. An operator, a manager or an owner can do it.
          </Notice>
        </section>
      )}
    </Page>
  );
}
