import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { keysSearch } from '../access/keys-search.ts';
import { membersSearch } from '../access/members-search.ts';
import { bulkSearch } from '../bulk/bulk-search.ts';
import { selectWorkspace } from '../client/api.ts';
import { connectionSearch } from '../connection/connection-search.ts';
import { connectionsSearch } from '../connection/connections-search.ts';
import { refusalsSearch } from '../gate/refusals-search.ts';
import { startSearch } from '../gate/start-search.ts';
import { glossarySearch } from '../glossary/glossary-search.ts';
import { tenantPageSearch } from '../inventory/tenant-page-search.ts';
import { auditSearch } from '../observability/audit-search.ts';
import { onboardingSearch } from '../onboarding/onboarding-search.ts';
import { wizardSearch } from '../onboarding/wizard-search.ts';
import { batchSearch, newBatchSearch } from '../provisioning/batch-search.ts';
import { batchesSearch } from '../provisioning/batches-search.ts';
import { checkpointsSearch } from '../provisioning/checkpoints-search.ts';
import { infrasSearch } from '../provisioning/infras-search.ts';
import { rollbackSearch } from '../provisioning/rollback-search.ts';
import { runsSearch } from '../run/runs-search.ts';
import { runSearch } from '../run/search.ts';
import { tenantSearch } from '../ui/tenant-search.ts';
import { tenantsSearch } from '../workspace/tenants-search.ts';
import { RouteFault, rootRoute, signedIn, workspaceRoute } from './root-routes.tsx';
import { parseSearch, stringifySearch } from './search-codec.ts';

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async ({ location }) => {
    const me = await signedIn(location.href);
    throw redirect({ to: '/w/$ws/overview', params: { ws: me.current.workspaceId } });
  },
});

/** Where the provider-dispatch contract says a run is. The server answers the page only to who may see the run. */
const operationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/admin/operations/$run',
  beforeLoad: async ({ location, params: { run: runId } }) => {
    const me = await signedIn(location.href);
    throw redirect({
      to: '/w/$ws/runs/$runId',
      params: { ws: me.current.workspaceId, runId },
      replace: true,
    });
  },
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({ next: z.catch(z.optional(z.string().check(z.maxLength(2_000))), undefined) }),
  component: lazyRouteComponent(() => import('../access/sign-in-page.tsx'), 'SignInPage'),
});

const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazyRouteComponent(() => import('../access/set-up-page.tsx'), 'SetUpPage'),
});

const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join',
  // The link is about a workspace of its own, and not about the one a page was about before.
  beforeLoad: () => selectWorkspace(null),
  component: lazyRouteComponent(() => import('../access/join-page.tsx'), 'JoinPage'),
});

const workspaceHomeRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$ws/overview', params });
  },
});

const overviewRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/overview',
  component: lazyRouteComponent(() => import('../overview/overview-page.tsx'), 'OverviewPage'),
});

const refusalsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/refusals',
  validateSearch: refusalsSearch,
  component: lazyRouteComponent(() => import('../gate/refusals-page.tsx'), 'RefusalsPage'),
});

const fleetRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/fleet',
  component: lazyRouteComponent(() => import('../observability/fleet-page.tsx'), 'FleetPage'),
});

/** Where the workers stood before they were a part of the fleet. */
const workersRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/workers',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$ws/fleet', params });
  },
});

const auditRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('../observability/audit-page.tsx'), 'AuditPage'),
});

const runsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/runs',
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => import('../run/runs-page.tsx'), 'RunsPage'),
});

const runRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/runs/$runId',
  validateSearch: runSearch,
  component: lazyRouteComponent(() => import('../run/run-page.tsx'), 'RunPage'),
});

const batchesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/batches',
  validateSearch: batchesSearch,
  component: lazyRouteComponent(() => import('../provisioning/batches-page.tsx'), 'BatchesPage'),
});

const newBatchRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/batches/new',
  validateSearch: newBatchSearch,
  component: lazyRouteComponent(() => import('../provisioning/new-batch-page.tsx'), 'NewBatchPage'),
});

const batchRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/batches/$batchId',
  validateSearch: batchSearch,
  component: lazyRouteComponent(() => import('../provisioning/batch-page.tsx'), 'BatchPage'),
});

const infrasRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/infras',
  validateSearch: infrasSearch,
  component: lazyRouteComponent(() => import('../provisioning/infras-page.tsx'), 'InfrasPage'),
});

const infraRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/infras/$infra',
  component: lazyRouteComponent(() => import('../provisioning/infra-page.tsx'), 'InfraPage'),
});

const checkpointsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/checkpoints',
  validateSearch: checkpointsSearch,
  component: lazyRouteComponent(() => import('../provisioning/checkpoints-page.tsx'), 'CheckpointsPage'),
});

const checkpointRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/checkpoints/$checkpointId',
  component: lazyRouteComponent(() => import('../provisioning/checkpoint-page.tsx'), 'CheckpointPage'),
});

const rollbackRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/rollback',
  validateSearch: rollbackSearch,
  component: lazyRouteComponent(() => import('../provisioning/rollback-page.tsx'), 'RollbackPage'),
});

const bulksRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/bulk',
  component: lazyRouteComponent(() => import('../bulk/bulks-page.tsx'), 'BulksPage'),
});

const bulkRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/bulk/$bulkId',
  validateSearch: bulkSearch,
  component: lazyRouteComponent(() => import('../bulk/bulk-page.tsx'), 'BulkPage'),
});

const startRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/start',
  validateSearch: startSearch,
  component: lazyRouteComponent(() => import('../gate/start-page.tsx'), 'StartPage'),
});

const glossaryRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/glossary',
  validateSearch: glossarySearch,
  component: lazyRouteComponent(() => import('../glossary/glossary-page.tsx'), 'GlossaryPage'),
});

const membersRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/members',
  validateSearch: membersSearch,
  component: lazyRouteComponent(() => import('../access/members-page.tsx'), 'MembersPage'),
});

const usageRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/usage',
  component: lazyRouteComponent(() => import('../workspace/usage-page.tsx'), 'UsagePage'),
});

const tenantsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/tenants',
  validateSearch: tenantsSearch,
  component: lazyRouteComponent(() => import('../workspace/tenants-page.tsx'), 'TenantsPage'),
});

const tenantRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/tenants/$tenantId',
  validateSearch: tenantPageSearch,
  component: lazyRouteComponent(() => import('../inventory/tenant-page.tsx'), 'TenantPage'),
});

const onboardingRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/onboarding',
  validateSearch: onboardingSearch,
  component: lazyRouteComponent(() => import('../onboarding/onboarding-page.tsx'), 'OnboardingPage'),
});

const wizardRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/onboarding/$tenantId',
  validateSearch: wizardSearch,
  component: lazyRouteComponent(() => import('../onboarding/wizard-page.tsx'), 'WizardPage'),
});

const connectionsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/connections',
  validateSearch: connectionsSearch,
  component: lazyRouteComponent(() => import('../connection/connections-page.tsx'), 'ConnectionsPage'),
});

const connectionRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/connections/$connectionId',
  validateSearch: connectionSearch,
  component: lazyRouteComponent(() => import('../connection/connection-page.tsx'), 'ConnectionPage'),
});

const apiKeysRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/api-keys',
  validateSearch: keysSearch,
  component: lazyRouteComponent(() => import('../access/keys-page.tsx'), 'KeysPage'),
});

const backupSetsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/backup-sets',
  validateSearch: tenantSearch,
  component: lazyRouteComponent(() => import('../backup/backup-sets-page.tsx'), 'BackupSetsPage'),
});

const backupSetRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/backup-sets/$setId',
  component: lazyRouteComponent(() => import('../backup/backup-set-page.tsx'), 'BackupSetPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('../access/account-page.tsx'), 'AccountPage'),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  operationRoute,
  signInRoute,
  joinRoute,
  setUpRoute,
  workspaceRoute.addChildren([
    workspaceHomeRoute,
    overviewRoute,
    refusalsRoute,
    fleetRoute,
    workersRoute,
    auditRoute,
    runsRoute,
    runRoute,
    batchesRoute,
    newBatchRoute,
    batchRoute,
    infrasRoute,
    infraRoute,
    checkpointsRoute,
    checkpointRoute,
    rollbackRoute,
    bulksRoute,
    bulkRoute,
    startRoute,
    glossaryRoute,
    onboardingRoute,
    wizardRoute,
    tenantsRoute,
    tenantRoute,
    connectionsRoute,
    membersRoute,
    usageRoute,
    connectionRoute,
    apiKeysRoute,
    backupSetsRoute,
    backupSetRoute,
    accountRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  defaultErrorComponent: RouteFault,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
