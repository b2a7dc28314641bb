import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ClipboardCheck, Play } from 'lucide-react';
import { useCan } from '../access/session.ts';
import { UnknownPage } from '../app/unknown-page.tsx';
import { api, queryClient, trpc } from '../client/api.ts';
import { ActionButton } from '../run/action-button.tsx';
import { FaultLine, FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { numericId } from '../ui/numeric-id.ts';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { SessionPage } from './session-page.tsx';
import { keepSession } from './session-query.ts';

const route = getRouteApi('/w/$ws/onboarding/$tenantId');
const edit = 'onboarding.edit';

/** The onboarding of one tenant: the session that lives, else the last one, else the way to open one. */
export function WizardPage() {
  const { tenantId } = route.useParams();
  const id = numericId(tenantId);
  return id === null ? <UnknownPage /> : <OfTenant key={id} tenantId={id} />;
}

function OfTenant({ tenantId }: { tenantId: number }) {
  const { ws } = route.useParams();
  const tenant = useQuery(trpc.tenant.get.queryOptions({ id: tenantId }));
  const sessions = useQuery(trpc.onboarding.list.queryOptions({ tenantId, limit: 1 }));
  const title = tenant.data === undefined ? 'Onboarding' : `Onboarding of ${tenant.data.name}`;
  const error = tenant.error ?? sessions.error;
  const trail = (
    <Link to="/w/$ws/onboarding" params={{ ws }} className="link">
      Onboarding
    </Link>
  );
  if (tenant.data === undefined || sessions.data === undefined) {
    if (error !== null) {
      return (
        <FaultView
          error={error}
          onRetry={() => {
            void tenant.refetch();
            void sessions.refetch();
          }}
        />
      );
    }
    return (
      <Page title={title} trail={trail}>
        <SkeletonBlock className="h-96" />
      </Page>
    );
  }
  const [newest] = sessions.data.items;
  if (newest !== undefined && newest.status !== 'abandoned') {
    return <SessionPage key={newest.id} id={newest.id} tenantId={tenantId} ws={ws} />;
  }
  return (
    <Page title={title} trail={trail}>
      <div className="panel">
        <Notice
          icon={<ClipboardCheck size={26} aria-hidden="true" />}
          title={newest === undefined ? 'Not onboarded yet' : 'The last session was abandoned'}
          actions={<OpenSession tenantId={tenantId} label="Begin the onboarding" />}
        >
          Five steps bring {tenant.data.name} under Signalbox: who it is, how it is reached, consent,
          verification, and the first work on it.
        </Notice>
      </div>
    </Page>
  );
}

/** Opens a session for a tenant that has none. */
export function OpenSession({ tenantId, label }: { tenantId: number; label: string }) {
  const may = useCan(edit);
  const open = useMutation({
    mutationFn: () => api.onboarding.open.mutate({ id: tenantId }),
    onSuccess: async (session) => {
      keepSession(session);
      await queryClient.invalidateQueries({ queryKey: trpc.onboarding.list.queryKey() });
    },
  });
  return (
    <div className="grid justify-items-center gap-3">
      <ActionButton
        look="primary"
        icon={<Play size={15} aria-hidden="true" />}
        pending={open.isPending}
        refused={may ? null : `You lack the capability ${edit}.`}
        onClick={() => open.mutate()}
      >
        {label}
      </ActionButton>
      {open.isError && <FaultLine error={open.error} />}
    </div>
  );
}
