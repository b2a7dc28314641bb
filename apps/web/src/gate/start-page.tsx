import type { OperationEntry } from '@signalbox/contracts/operation/list-operations';
import type { Run } from '@signalbox/contracts/run/run';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { RotateCw } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { trpc } from '../client/api.ts';
import { isWorkflow } from '../operation/workflow-model.ts';
import { buttonClass } from '../ui/button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { ReplayAsIs } from './replay-as-is.tsx';
import { StartForm } from './start-form.tsx';
import type { StartSearch } from './start-search.ts';

const WorkflowForm = lazy(async () => ({ default: (await import('./workflow-form.tsx')).WorkflowForm }));

const route = getRouteApi('/w/$ws/start');

/** Starts a run, or an ended one again: what, on which tenant, with which input, and what the gate says to it. */
export function StartPage() {
  const search = route.useSearch();
  const operations = useQuery(trpc.operation.list.queryOptions({}, { staleTime: 60_000 }));
  const id = search.replay === undefined ? null : Number(search.replay);
  return (
    <Page title={id === null ? 'Start a run' : `Replay run #${id}`}>
      {operations.data === undefined ? (
        operations.isError ? (
          <FaultView error={operations.error} onRetry={() => void operations.refetch()} />
        ) : (
          <SkeletonBlock className="h-80" />
        )
      ) : id === null && isWorkflow(search.operation) ? (
        <Suspense fallback={<SkeletonBlock className="h-80" />}>
          <WorkflowForm operations={operations.data.items} chosen={search.operation} search={search} />
        </Suspense>
      ) : id === null ? (
        <StartForm operations={operations.data.items} search={search} />
      ) : (
        <Replay key={id} id={id} operations={operations.data.items} search={search} />
      )}
    </Page>
  );
}

interface ReplayProps {
  id: number;
  operations: readonly OperationEntry[];
  search: StartSearch;
}

/** The form of a replay stands on the run it repeats. Without that, or before it has ended, there is no form. */
function Replay({ id, operations, search }: ReplayProps) {
  const { ws } = route.useParams();
  const run = useQuery(trpc.run.get.queryOptions({ id }));
  if (run.data === undefined) {
    return run.isError ? (
      <FaultView error={run.error} onRetry={() => void run.refetch()} />
    ) : (
      <SkeletonBlock className="h-80" />
    );
  }
  const refusal = replayRefusal(run.data);
  if (refusal !== null) {
    return (
      <Notice
        title={`Run #${id} cannot be replayed now`}
        icon={<RotateCw size={26} aria-hidden="true" />}
        actions={
          <Link to="/w/$ws/runs/$runId" params={{ ws, runId: String(id) }} className={buttonClass('primary')}>
            Open run #{id}
          </Link>
        }
      >
        {refusal}
      </Notice>
    );
  }
  const { operation, tenant, connection } = run.data;
  if (!operations.some(({ name }) => name === operation)) return <ReplayAsIs run={run.data} ws={ws} />;
  const fixed = {
    operation,
    tenant: tenant === undefined ? undefined : String(tenant.id),
    connection: connection === undefined ? undefined : String(connection.id),
    set: undefined,
    preview: undefined,
  };
  return <StartForm operations={operations} search={{ ...search, ...fixed }} replayed={run.data} />;
}

/** Why the server would not replay it, in its own words. */
function replayRefusal({ allowedActions }: Run): string | null {
  const verdict = allowedActions.find(({ action }) => action === 'replay');
  return verdict === undefined || verdict.allowed ? null : (verdict.reason ?? 'It is not possible now.');
}
