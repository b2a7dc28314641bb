import { isOperation, operationRule } from '@signalbox/domain/operation/registry';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Activity, Check, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useCan } from '../access/session.ts';
import { UnknownPage } from '../app/unknown-page.tsx';
import { api, queryClient, trpc } from '../client/api.ts';
import { OutcomePanel } from '../gate/outcome-panel.tsx';
import { makeStartKeys } from '../gate/start-key.ts';
import { useLiveEvents } from '../live/use-live.ts';
import { Button } from '../ui/button.tsx';
import { FaultLine, FaultView } from '../ui/fault-view.tsx';
import { numericId } from '../ui/numeric-id.ts';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { Duration, Time } from '../ui/time.tsx';
import { consentWord, credentialWord, Health } from './health.tsx';

const route = getRouteApi('/w/$ws/connections/$connectionId');
const check = 'run.start.provider.connection.check';

/** The label of an operation; a name this console does not know stays as it is. */
function operationLabel(name: string): string {
  return isOperation(name) ? operationRule(name).label : name;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="eyebrow">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** One provider connection: whether it works, what it may do, and who holds its scope. Never its secret. */
export function ConnectionPage() {
  const { connectionId } = route.useParams();
  const id = numericId(connectionId);
  return id === null ? <UnknownPage /> : <ConnectionDetail key={id} id={id} />;
}

function ConnectionDetail({ id }: { id: number }) {
  const { ws } = route.useParams();
  const may = useCan(check);
  const [keys] = useState(makeStartKeys);
  const query = useQuery(trpc.connection.get.queryOptions({ id }));
  const start = useMutation({
    mutationFn: () =>
      api.connection.check.mutate({ id }, { context: { idempotencyKey: keys.keyOf({ id }) } }),
    onSuccess: (outcome) => {
      if (outcome.run !== undefined) keys.used({ id });
    },
  });
  useLiveEvents((event) => {
    // A check that ended has written what it found.
    if (event.kind !== 'run' || event.finishedAt === undefined) return;
    void queryClient.invalidateQueries({ queryKey: trpc.connection.get.queryKey({ id }) });
  });

  if (query.isPending) {
    return (
      <Page title="Connection">
        <SkeletonBlock className="h-60" />
      </Page>
    );
  }
  if (query.data === undefined) return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  const connection = query.data;
  return (
    <Page
      title={connection.label}
      trail={
        <Link to="/w/$ws/connections" params={{ ws }} className="link">
          Connections
        </Link>
      }
      actions={
        <Button
          icon={<Activity size={15} aria-hidden="true" />}
          pending={start.isPending}
          refused={may ? null : `You lack the capability ${check}.`}
          onClick={() => start.mutate()}
        >
          Check now
        </Button>
      }
    >
      {start.isError && <FaultLine error={start.error} />}
      {start.data && (
        <div className="panel p-5">
          <OutcomePanel outcome={start.data} ws={ws} happened />
        </div>
      )}
      <dl className="panel grid grid-cols-2 gap-x-6 gap-y-4 p-5 md:grid-cols-3 xl:grid-cols-6">
        <Fact label="Health">
          <Health health={connection.health} />
        </Fact>
        <Fact label="Tenant">{connection.tenant?.name ?? 'None'}</Fact>
        <Fact label="Consent">
          <span className={connection.consent === 'missing' ? 'font-medium text-stop' : ''}>
            {consentWord(connection.consent)}
          </span>
        </Fact>
        <Fact label="Credential">{credentialWord(connection.credential)}</Fact>
        <Fact label="State">
          {connection.enabled ? 'Enabled' : 'Disabled'}
          {connection.isDefault && ', default'}
        </Fact>
        <Fact label="Last check">
          {connection.checkedAt ? <Time at={connection.checkedAt} hinted /> : 'Never'}
        </Fact>
      </dl>
      {connection.healthReason && (
        <p className="panel border-l-4 border-l-caution px-5 py-3">
          <strong className="font-semibold">{connection.healthReason.label}.</strong>{' '}
          {connection.healthReason.text}
        </p>
      )}
      {connection.throttledUntil && (
        <p className="panel px-5 py-3">
          The provider asked to wait until <Time at={connection.throttledUntil} hinted />.
        </p>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <section aria-labelledby="permissions" className="panel">
          <h2 id="permissions" className="border-b border-line px-4 py-2.5 text-base font-semibold">
            Permissions
          </h2>
          <ul className="divide-y divide-line">
            {connection.permissions.map(({ name, granted, neededBy }) => (
              <li key={name} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-3 px-4 py-2">
                {granted ? (
                  <Check size={16} className="mt-0.5 text-clear" aria-hidden="true" />
                ) : (
                  <X size={16} className="mt-0.5 text-stop" aria-hidden="true" />
                )}
                <span className="min-w-0">
                  <span className="font-mono text-sm break-all">{name}</span>{' '}
                  <span className="text-sm text-muted">{granted ? 'granted' : 'missing'}</span>
                  <span className="block text-sm text-faint">
                    For {neededBy.map(operationLabel).join(', ')}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="scope" className="panel">
          <h2 id="scope" className="border-b border-line px-4 py-2.5 text-base font-semibold">
            Protected scope
          </h2>
          <p className="px-4 py-3">
            {connection.holder === undefined ? (
              <span className="text-muted">Free: no run holds it now.</span>
            ) : (
              <>
                Held by{' '}
                <Link
                  to="/w/$ws/runs/$runId"
                  params={{ ws, runId: String(connection.holder.runId) }}
                  className="link"
                >
                  run #{connection.holder.runId}
                </Link>{' '}
                for <Duration from={connection.holder.since} to={null} />.
              </>
            )}
          </p>
          <p className="border-t border-line px-4 py-3">
            <Link to="/w/$ws/runs" params={{ ws }} search={{ connection: String(id) }} className="link">
              Runs over this connection
            </Link>
          </p>
        </section>
      </div>
    </Page>
  );
}
