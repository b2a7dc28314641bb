import { operationRule } from '@signalbox/domain/operation/registry';
import { namePattern } from '@signalbox/domain/provisioning/names';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { useCan } from '../access/session.ts';
import { UnknownPage } from '../app/unknown-page.tsx';
import { trpc } from '../client/api.ts';
import { usePollWhenDown } from '../live/use-live.ts';
import type { WorkflowName } from '../operation/workflow-model.ts';
import { ActionButton } from '../run/action-button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { standingWords } from './infra-model.ts';
import { InfraFacts, InfraRuns } from './infra-runs.tsx';
import { InfraSettingsSection } from './infra-settings.tsx';
import { ClustersSection, ServersSection } from './infra-standing.tsx';
import type { InfraView } from './infra-view.ts';
import { usePollInfras } from './use-poll-infras.ts';

const route = getRouteApi('/w/$ws/infras/$infra');

/** One infra: what stands, what it should be, who works on it. */
export function InfraPage() {
  const { infra } = route.useParams();
  return namePattern.test(infra) ? <Loading key={infra} name={infra} /> : <UnknownPage />;
}

function Loading({ name }: { name: string }) {
  const query = useQuery(trpc.infra.get.queryOptions({ name }, { refetchInterval: usePollWhenDown() }));
  usePollInfras();
  if (query.data !== undefined) return <Infra infra={query.data} />;
  if (query.isError) return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Page title={name}>
      <SkeletonBlock className="h-96" />
    </Page>
  );
}

interface StartWorkProps {
  operation: WorkflowName;
  infra: string;
  primary?: boolean;
}

/** Leads to the start form, filled so far. */
function StartWork({ operation, infra, primary = false }: StartWorkProps) {
  const { ws } = route.useParams();
  const navigate = route.useNavigate();
  const { label, capability } = operationRule(operation);
  const may = useCan(capability);
  return (
    <ActionButton
      look={primary ? 'primary' : 'plain'}
      icon={<Play size={14} aria-hidden="true" />}
      refused={may ? null : `You lack the capability ${capability}.`}
      onClick={() => void navigate({ to: '/w/$ws/start', params: { ws }, search: { operation, infra } })}
    >
      {label}
    </ActionButton>
  );
}

function Infra({ infra }: { infra: InfraView }) {
  const { ws } = route.useParams();
  const may = useCan('infra.manage');
  const { name, counts } = infra;
  return (
    <Page
      title={name}
      heading={<span className="font-mono">{name}</span>}
      trail={
        <Link to="/w/$ws/infras" params={{ ws }} className="link">
          Infras
        </Link>
      }
      actions={<CopyAs call={() => ({ method: 'GET', path: `/v1/infras/${name}` })} link />}
    >
      <p className="text-muted">
        {standingWords(counts) === null
          ? 'Nothing stands yet: the settings say what will be made.'
          : `${standingWords(counts)} ${counts.servers + counts.taskservs + counts.clusters === 1 ? 'stands' : 'stand'}.`}
      </p>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-4">
          <ServersSection
            infra={infra}
            actions={
              <>
                <StartWork operation="create_taskserv" infra={name} />
                <StartWork operation="create_servers" infra={name} primary />
              </>
            }
          />
          <ClustersSection infra={infra} actions={<StartWork operation="create_cluster" infra={name} />} />
          <InfraSettingsSection infra={infra} may={may} />
        </div>
        <div className="grid min-w-0 gap-4">
          <InfraFacts infra={infra} ws={ws} />
          <InfraRuns name={name} ws={ws} />
        </div>
      </div>
    </Page>
  );
}
