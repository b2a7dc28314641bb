import type { ConnectionDetail } from '@signalbox/contracts/connection/connection';
import { isServerProvider } from '@signalbox/domain/connection/providers';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Activity, Pencil } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useCan } from '../access/session.ts';
import { UnknownPage } from '../app/unknown-page.tsx';
import { queryClient, trpc } from '../client/api.ts';
import { OutcomePanel } from '../gate/outcome-panel.tsx';
import { StartButton } from '../gate/start-button.tsx';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { usePollWhenDown } from '../live/use-live.ts';
import { useRunHints } from '../live/use-run-hints.ts';
import { ActionButton } from '../run/action-button.tsx';
import { Status } from '../run/status.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultLine, FaultView } from '../ui/fault-view.tsx';
import { numericId } from '../ui/numeric-id.ts';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { useNamedPart } from '../ui/use-named-part.ts';
import { CapabilityMatrix, PermissionsSection } from './capability-matrix.tsx';
import { lackingManage } from './connection-model.ts';
import type { ConnectionSearch } from './connection-search.ts';
import { ConsentReturn } from './consent-return.tsx';
import { ConsentSection } from './consent-section.tsx';
import { CredentialSection } from './credential-section.tsx';
import { Health } from './health.tsx';
import { RunsSection } from './runs-section.tsx';
import { StateSection } from './state-section.tsx';
import { useConnectionDeeds } from './use-connection-deeds.ts';
import { WhatToFix } from './what-to-fix.tsx';

const RotateDialog = lazy(async () => ({ default: (await import('./rotate-dialog.tsx')).RotateDialog }));
const RenameConnection = lazy(async () => ({
  default: (await import('./rename-connection.tsx')).RenameConnection,
}));
const DisableDialog = lazy(async () => ({ default: (await import('./disable-dialog.tsx')).DisableDialog }));

const route = getRouteApi('/w/$ws/connections/$connectionId');
const checks = {
  tenant: 'run.start.provider.connection.check',
  servers: 'run.start.servers.connection.check',
} as const;

/** One provider connection: whether it works, what is to mend, what goes through it. Never its secret. */
export function ConnectionPage() {
  const { connectionId } = route.useParams();
  const id = numericId(connectionId);
  return id === null ? <UnknownPage /> : <Loading key={id} id={id} />;
}

function Loading({ id }: { id: number }) {
  const query = useQuery(trpc.connection.get.queryOptions({ id }, { refetchInterval: usePollWhenDown() }));
  useRunHints(
    ({ connectionId }) => connectionId === id,
    () => void queryClient.invalidateQueries({ queryKey: trpc.connection.get.queryKey({ id }) }),
  );
  if (query.data !== undefined) return <Detail connection={query.data} />;
  if (query.isError) return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Page title="Connection">
      <SkeletonBlock className="h-96" />
    </Page>
  );
}

/** Whether it works, in one line. */
function StatusLine({ connection }: { connection: ConnectionDetail }) {
  const { enabled, health, checkedAt, faults } = connection;
  const [first] = faults;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {enabled ? <Health health={health} /> : <span className="font-medium text-stop">Disabled</span>}
      <span className="text-muted">
        {first?.reason.text ?? 'Everything that was verified is as it should be.'}{' '}
        {checkedAt === undefined ? (
          'Never verified.'
        ) : (
          <>
            Last verified <Time at={checkedAt} hinted />.
          </>
        )}
      </span>
    </p>
  );
}

function Detail({ connection }: { connection: ConnectionDetail }) {
  const { ws } = route.useParams();
  const { open, consent } = route.useSearch();
  const navigate = route.useNavigate();
  const { id, label, tenant, provider } = connection;
  const ofServers = isServerProvider(provider);
  const check = checks[ofServers ? 'servers' : 'tenant'];
  const mayCheck = useCan(check);
  const may = useCan('connection.manage');
  const deeds = useConnectionDeeds(id);
  // Without the part that was named, or the page would lead back to it.
  const say = (part: ConnectionSearch) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  useNamedPart(true);
  const canCheck = mayCheck && !deeds.check.isPending;
  useShortcut(
    { keys: 'v', label: 'Verify the connection now', group: 'Connection', when: canCheck },
    deeds.checkNow,
  );
  useShortcut({ keys: 'e', label: 'Rename the connection', group: 'Connection', when: may }, () =>
    say({ open: 'rename' }),
  );

  const close = () => say({ open: undefined });
  const answer = deeds.check.data;
  const now = connection.runs.find((run) => run.id === answer?.run?.id);
  const target = { surface: 'connection' as const, connectionId: id };
  return (
    <Page
      title={label}
      trail={
        <Link to="/w/$ws/connections" params={{ ws }} className="link">
          Connections
        </Link>
      }
      actions={
        <>
          <CopyAs call={() => ({ method: 'GET', path: `/v1/connections/${id}` })} link />
          <ActionButton
            icon={<Pencil size={14} aria-hidden="true" />}
            refused={may ? null : lackingManage}
            onClick={() => say({ open: 'rename' })}
          >
            Rename
          </ActionButton>
          {!ofServers && (
            <StartButton
              target={tenant === undefined ? target : { ...target, tenantId: tenant.id }}
              on={label}
            />
          )}
          <span id="check" className="scroll-mt-20">
            <ActionButton
              icon={<Activity size={15} aria-hidden="true" />}
              pending={deeds.check.isPending}
              refused={mayCheck ? null : `You lack the capability ${check}.`}
              onClick={deeds.checkNow}
            >
              Check now
            </ActionButton>
          </span>
        </>
      }
    >
      <StatusLine connection={connection} />
      {consent !== undefined && (
        <ConsentReturn
          outcome={consent}
          ws={ws}
          tenant={connection.tenant}
          onDismiss={() => say({ consent: undefined })}
        />
      )}
      {deeds.check.isError && <FaultLine error={deeds.check.error} />}
      {answer && (
        <section aria-label="The answer to the check" className="panel p-4">
          <OutcomePanel outcome={answer} ws={ws} happened>
            {now && (
              <p className="flex flex-wrap items-center gap-x-3" aria-live="polite">
                <Status status={now.status} meaning="title" />
                <span className="text-muted">{now.statusText}</span>
              </p>
            )}
          </OutcomePanel>
        </section>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-4">
          <WhatToFix connection={connection} deeds={deeds} />
          {!ofServers && <ConsentSection connection={connection} may={may} deeds={deeds} />}
          <CapabilityMatrix operations={connection.operations} />
          {!ofServers && <PermissionsSection connection={connection} />}
        </div>
        <div className="grid min-w-0 gap-4">
          <StateSection
            connection={connection}
            ws={ws}
            may={may}
            deeds={deeds}
            onDisable={() => say({ open: 'disable' })}
          />
          <CredentialSection connection={connection} may={may} onRotate={() => say({ open: 'rotate' })} />
          <RunsSection connection={connection} ws={ws} />
        </div>
      </div>
      {may && (
        <Suspense>
          {open === 'rotate' && <RotateDialog connection={connection} onClose={close} />}
          {open === 'rename' && <RenameConnection connection={connection} onClose={close} />}
          {open === 'disable' && connection.enabled && (
            <DisableDialog connection={connection} onClose={close} />
          )}
        </Suspense>
      )}
    </Page>
  );
}
