import type { Capability } from '@signalbox/domain/access/capabilities';
import type { Things } from './kinds.ts';

/** What the grid cannot read off an operation. */
export interface Recipe {
  /** The capability it asks for; `own` for what is about the caller's own account or person and asks for none. */
  readonly needs: Capability | 'own';
  /** What it asks for besides, because of what the request of this recipe is about. */
  readonly also?: readonly Capability[];
  /** True for what needs a person behind it: a key that acts for nobody is refused. */
  readonly person?: true;
  /** Words in the path that are no ids. */
  readonly path?: Readonly<Record<string, string>>;
  /** What the query must hold. */
  readonly query?: (things: Things) => Readonly<Record<string, string | number>>;
  /** A body that works when everything named in it is the caller's to see. */
  readonly body?: (things: Things) => Record<string, unknown>;
}

const bulk = ({ run }: Things) => ({ action: 'replay', selection: { runIds: [run] } });
const batch = () => ({
  name: 'grid',
  operations: [
    {
      ...{ id: 'servers', type: 'server_batch', provider: 'local', dependencies: [] },
      config: { server_configs: [{ name: 'web-01', plan: 'small', zone: 'local' }] },
    },
  ],
});
const start = ({ tenant }: Things) => ({ operation: 'snapshot_capture', tenantId: tenant });

/** Every operation that needs a caller. A test fails, and says what to add, when one has no recipe. */
export const recipes: Readonly<Record<string, Recipe>> = {
  listRuns: { needs: 'run.read' },
  countRuns: { needs: 'run.read' },
  readRun: { needs: 'run.read' },
  listRunSteps: { needs: 'run.read' },
  listRunItems: { needs: 'run.read' },
  getRunTimeline: { needs: 'run.read' },
  listRunEvents: { needs: 'run.read' },
  listRunLogs: { needs: 'run.read' },
  searchRunLog: { needs: 'run.read' },
  listRunAudit: { needs: 'audit.read' },
  getRunPreview: { needs: 'backup.read' },
  createRun: { needs: 'run.start.snapshot_capture', body: start },
  whatIfRun: { needs: 'run.start.snapshot_capture', body: start },
  cancelRun: { needs: 'run.cancel', body: () => ({}) },
  forceCancelRun: { needs: 'run.force_cancel', body: () => ({ reason: 'its worker is gone' }) },
  replayRun: { needs: 'run.replay', body: () => ({}) },
  retryFailedItems: { needs: 'run.retry', body: () => ({}) },
  estimateBulkAction: { needs: 'run.replay', body: bulk },
  createBulkAction: { needs: 'run.replay', body: bulk },
  listBulkActions: { needs: 'run.read' },
  getBulkAction: { needs: 'run.read' },
  listBulkActionItems: { needs: 'run.read' },
  abortBulkAction: { needs: 'run.replay', also: ['run.read'], body: () => ({}) },
  listBatches: { needs: 'infra.read' },
  getBatch: { needs: 'infra.read' },
  createBatch: { needs: 'run.start.create_servers', body: batch },
  previewBatch: { needs: 'infra.read', body: batch },
  cancelBatch: { needs: 'run.cancel', body: () => ({}) },
  retryBatch: { needs: 'run.retry', body: () => ({}) },
  executeBatch: { needs: 'run.start.create_servers', body: batch },
  listBatchOperations: { needs: 'infra.read' },
  getBatchOperation: { needs: 'infra.read' },
  cancelBatchOperation: { needs: 'run.cancel' },
  listInfras: { needs: 'infra.read' },
  getInfra: { needs: 'infra.read' },
  createInfra: {
    needs: 'infra.manage',
    body: () => ({ name: 'another', settings: 'provider = "local"\n' }),
  },
  setInfraSettings: { needs: 'infra.manage', body: () => ({ settings: 'provider = "local"\n' }) },
  createServersWorkflow: {
    needs: 'run.start.create_servers',
    body: ({ infra }) => ({ infra, check_mode: true }),
  },
  taskservWorkflow: {
    needs: 'run.start.restart_taskserv',
    body: ({ infra }) => ({ infra, operation: 'restart', taskserv: 'nginx' }),
  },
  clusterWorkflow: {
    needs: 'run.start.scale_cluster',
    body: ({ infra }) => ({ infra, operation: 'scale', cluster_type: 'redis' }),
  },
  listCheckpoints: { needs: 'infra.read' },
  getCheckpoint: { needs: 'infra.read' },
  createCheckpoint: { needs: 'checkpoint.create', body: () => ({ name: 'another' }) },
  listRollbackCheckpoints: { needs: 'infra.read' },
  createRollbackCheckpoint: { needs: 'checkpoint.create', body: () => ({ name: 'another' }) },
  previewRollback: {
    needs: 'rollback.execute',
    body: ({ checkpoint }) => ({ checkpointId: checkpoint }),
  },
  startRollback: {
    needs: 'rollback.execute',
    body: ({ checkpoint }) => ({ checkpointId: checkpoint, reason: 'because' }),
  },
  executeRollback: {
    needs: 'rollback.execute',
    body: ({ checkpoint }) => ({ checkpoint_id: checkpoint }),
  },
  getWorkflowProgress: { needs: 'infra.read' },
  listWorkflowSnapshots: { needs: 'infra.read' },
  getSystemMetrics: { needs: 'infra.read' },
  getSystemHealth: { needs: 'infra.read' },
  listTasks: { needs: 'run.read' },
  getTask: { needs: 'run.read' },
  startRun: {
    needs: 'run.start.snapshot_capture',
    path: { runType: 'snapshot_capture' },
    body: () => ({}),
  },
  getRun: { needs: 'run.read', path: { runType: 'snapshot_capture' } },
  startTenantProviderAction: {
    needs: 'run.start.inventory.sync',
    path: { operation: 'inventory.sync' },
    body: () => ({}),
  },
  startConnectionProviderAction: {
    needs: 'run.start.inventory.sync',
    path: { operation: 'inventory.sync' },
  },
  startOnboardingProviderAction: {
    needs: 'run.start.onboarding.consent.verify',
    path: { operation: 'onboarding.consent.verify' },
    body: () => ({}),
  },
  startOnboardingProviderBootstrap: {
    needs: 'onboarding.edit',
    person: true,
    also: ['run.start.inventory.sync'],
    body: ({ connection }) => ({ providerConnectionId: connection, selectedOperations: ['inventory.sync'] }),
  },
  startBootstrap: {
    needs: 'onboarding.edit',
    person: true,
    also: ['run.start.inventory.sync'],
    body: () => ({ operations: ['inventory.sync'] }),
  },
  listOnboardingSessions: { needs: 'onboarding.read' },
  getOnboardingSession: { needs: 'onboarding.read' },
  openOnboardingSession: { needs: 'onboarding.edit', person: true },
  updateOnboardingSession: { needs: 'onboarding.edit', person: true, body: () => ({ lockVersion: 0 }) },
  takeOnboardingLock: { needs: 'onboarding.edit', person: true, body: () => ({}) },
  releaseOnboardingLock: { needs: 'onboarding.edit', person: true },
  abandonOnboardingSession: { needs: 'onboarding.edit', person: true, body: () => ({ reason: 'because' }) },
  restoreOnboardingDraft: { needs: 'onboarding.edit', person: true, body: () => ({ lockVersion: 0 }) },
  dismissOnboardingDraft: { needs: 'onboarding.edit', person: true },
  startOnboardingTask: {
    needs: 'run.start.onboarding.rbac.verify',
    path: { task: 'onboarding.rbac.verify' },
  },
  listEvidence: { needs: 'onboarding.read', query: ({ tenant }) => ({ tenantId: tenant }) },
  getTenantOnboardingSession: { needs: 'onboarding.read' },
  openTenantOnboardingSession: { needs: 'onboarding.edit', person: true },
  updateTenantOnboardingSession: { needs: 'onboarding.edit', person: true, body: () => ({}) },
  listTenantOnboardingTasks: { needs: 'onboarding.read' },
  startTenantOnboardingTask: {
    needs: 'run.start.onboarding.consent.verify',
    path: { taskType: 'onboarding.consent.verify' },
  },
  listTenantOnboardingEvidence: { needs: 'onboarding.read' },
  abortBootstrap: { needs: 'onboarding.edit', body: () => ({}) },
  executeRestore: { needs: 'run.start.restore_execute' },
  syncDirectoryGroups: { needs: 'run.start.directory.groups.sync', body: () => ({}) },
  syncDirectoryRoleDefinitions: { needs: 'run.start.directory.role_definitions.sync' },
  getProviderOperation: { needs: 'run.read' },
  listOperations: { needs: 'run.read' },
  getOverview: { needs: 'run.read' },
  listRefusals: { needs: 'run.read' },
  listWorkers: { needs: 'run.read' },
  getFleet: { needs: 'run.read' },
  listAudit: { needs: 'audit.read' },
  verifyAudit: { needs: 'audit.read' },
  getAuditHead: { needs: 'audit.read' },
  listTenants: { needs: 'tenant.read' },
  getTenant: { needs: 'tenant.read' },
  listConnections: { needs: 'connection.read' },
  getConnection: { needs: 'connection.read' },
  checkConnection: { needs: 'run.start.provider.connection.check' },
  createTenant: { needs: 'tenant.manage', body: () => ({ externalId: 'another.example', name: 'Another' }) },
  updateTenant: { needs: 'tenant.manage', body: () => ({ name: 'renamed' }) },
  createConnection: {
    needs: 'connection.manage',
    body: ({ tenant }) => ({
      ...{ tenantId: tenant, provider: 'graph', label: 'another', isDefault: false },
      clientId: '00000000-0000-4000-8000-000000000001',
    }),
  },
  createServerConnection: {
    needs: 'connection.manage',
    body: () => ({ provider: 'local', label: 'another', isDefault: false }),
  },
  updateConnection: { needs: 'connection.manage', body: () => ({ label: 'renamed' }) },
  makeDefaultConnection: { needs: 'connection.manage' },
  disableConnection: { needs: 'connection.manage', body: () => ({ reason: 'because' }) },
  enableConnection: { needs: 'connection.manage' },
  getConnectionImpact: { needs: 'connection.read' },
  setConnectionCredential: {
    needs: 'connection.manage',
    body: () => ({ clientSecret: 'another-secret-of-no-value' }),
  },
  requestConsent: { needs: 'connection.manage' },
  listBackupSets: { needs: 'backup.read' },
  getBackupSet: { needs: 'backup.read' },
  listBackupItems: { needs: 'backup.read' },
  createBackupSet: { needs: 'backup.manage', body: ({ tenant }) => ({ tenantId: tenant, name: 'another' }) },
  listRestorePreviews: { needs: 'backup.read' },
  listPolicies: { needs: 'backup.read', query: ({ tenant }) => ({ tenantId: tenant }) },
  listGroups: { needs: 'tenant.read', query: ({ tenant }) => ({ tenantId: tenant }) },
  listRoleDefinitions: { needs: 'tenant.read', query: ({ tenant }) => ({ tenantId: tenant }) },
  listComplianceSnapshots: { needs: 'tenant.read', query: ({ tenant }) => ({ tenantId: tenant }) },
  listSavedViews: { needs: 'run.read' },
  createSavedView: { needs: 'run.read', body: () => ({ page: 'runs', name: 'another', search: '' }) },
  updateSavedView: { needs: 'run.read', body: () => ({ name: 'renamed' }) },
  deleteSavedView: { needs: 'run.read' },
  listNotifications: { needs: 'run.read' },
  readNotification: { needs: 'run.read' },
  readAllNotifications: { needs: 'run.read', body: () => ({ upTo: 2_147_483_647 }) },
  listMembers: { needs: 'member.read' },
  getMember: { needs: 'member.read' },
  updateMember: { needs: 'member.manage', body: () => ({ role: 'viewer' }) },
  removeMember: { needs: 'member.manage' },
  listRoles: { needs: 'member.read' },
  listInvitations: { needs: 'member.manage' },
  createInvitation: {
    needs: 'member.manage',
    body: () => ({ email: 'guest@example.org', role: 'viewer' }),
  },
  revokeInvitation: { needs: 'member.manage' },
  joinWorkspace: { needs: 'own', body: () => ({ secret: 'x'.repeat(43) }) },
  listApiKeys: { needs: 'key.manage' },
  getApiKey: { needs: 'key.manage' },
  // Nobody gives out what they do not hold.
  createApiKey: {
    needs: 'key.manage',
    also: ['run.read'],
    body: () => ({ name: 'another', capabilities: ['run.read'] }),
  },
  rotateApiKey: { needs: 'key.manage', also: ['run.read'], body: () => ({}) },
  revokeApiKey: { needs: 'key.manage', body: () => ({}) },
  createDeployment: {
    needs: 'run.start.deployment',
    body: () => ({ user_intent: { description: 'A page that says hello' } }),
  },
  getUsage: { needs: 'workspace.read' },
  createWorkspace: { needs: 'own', body: () => ({ name: 'another' }) },
  getWorkspace: { needs: 'workspace.read' },
  updateWorkspace: { needs: 'workspace.manage', body: () => ({ name: 'renamed' }) },
  updateWorkspaceTier: { needs: 'workspace.tier', body: () => ({ tier: 'pro' }) },
  getUsageReport: { needs: 'workspace.read' },
  getCaller: { needs: 'own' },
  createWsTicket: { needs: 'own' },
  signOut: { needs: 'own' },
  getMe: { needs: 'own' },
  stepUp: { needs: 'own', body: () => ({ mfaCode: '000000' }) },
  getSecondFactor: { needs: 'own' },
  enrolSecondFactor: { needs: 'own', body: () => ({ password: 'wrong' }) },
  confirmSecondFactor: { needs: 'own', body: () => ({ mfaCode: '000000' }) },
  disableSecondFactor: { needs: 'own', body: () => ({ password: 'wrong' }) },
  replaceRecoveryCodes: { needs: 'own', body: () => ({}) },
  listSessions: { needs: 'own' },
  revokeSession: { needs: 'own' },
  revokeOtherSessions: { needs: 'own' },
  changePassword: { needs: 'own', body: () => ({ current: 'wrong', next: 'a phrase nobody else has' }) },
};

/** Operations open to anyone, with why. */
export const openToAll: Readonly<Record<string, string>> = {
  signIn: 'how one becomes a caller',
  login: 'how one becomes a caller',
  refreshToken: 'takes its body as the credential',
  setUp: 'takes the secret of the set-up link',
  getSignInOptions: 'what the sign-in page offers',
  lookAtInvitation: 'takes the secret of the invitation',
  acceptInvitation: 'takes the secret of the invitation',
  health: 'tells that the service answers',
  livez: 'tells that the process lives',
  readyz: 'tells that the service is ready',
};
