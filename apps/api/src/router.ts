import type { AppProcedures } from './app-router.ts';
import { acceptInvitation } from './procedures/access/accept-invitation.ts';
import { changePassword } from './procedures/access/change-password.ts';
import { confirmSecondFactor } from './procedures/access/confirm-second-factor.ts';
import { createApiKey } from './procedures/access/create-api-key.ts';
import { createInvitation } from './procedures/access/create-invitation.ts';
import { createWsTicket } from './procedures/access/create-ws-ticket.ts';
import { disableSecondFactor } from './procedures/access/disable-second-factor.ts';
import { enrolSecondFactor } from './procedures/access/enrol-second-factor.ts';
import { getApiKey } from './procedures/access/get-api-key.ts';
import { getCaller } from './procedures/access/get-caller.ts';
import { getMe } from './procedures/access/get-me.ts';
import { getMember } from './procedures/access/get-member.ts';
import { getSecondFactor } from './procedures/access/get-second-factor.ts';
import { getSignInOptions } from './procedures/access/get-sign-in-options.ts';
import { joinWorkspace } from './procedures/access/join-workspace.ts';
import { listApiKeys } from './procedures/access/list-api-keys.ts';
import { listInvitations } from './procedures/access/list-invitations.ts';
import { listMembers } from './procedures/access/list-members.ts';
import { listRoles } from './procedures/access/list-roles.ts';
import { listSessions } from './procedures/access/list-sessions.ts';
import { login } from './procedures/access/login.ts';
import { lookAtInvitation } from './procedures/access/look-at-invitation.ts';
import { refresh } from './procedures/access/refresh.ts';
import { removeMember } from './procedures/access/remove-member.ts';
import { replaceRecoveryCodes } from './procedures/access/replace-recovery-codes.ts';
import { revokeApiKey } from './procedures/access/revoke-api-key.ts';
import { revokeInvitation } from './procedures/access/revoke-invitation.ts';
import { revokeOtherSessions } from './procedures/access/revoke-other-sessions.ts';
import { revokeSession } from './procedures/access/revoke-session.ts';
import { rotateApiKey } from './procedures/access/rotate-api-key.ts';
import { setUp } from './procedures/access/set-up.ts';
import { signIn } from './procedures/access/sign-in.ts';
import { signOut } from './procedures/access/sign-out.ts';
import { stepUp } from './procedures/access/step-up.ts';
import { updateMember } from './procedures/access/update-member.ts';
import { adminGetRun } from './procedures/admin-runs/get-run.ts';
import { adminStartRun } from './procedures/admin-runs/start-run.ts';
import { createBackupSet } from './procedures/backup/create-backup-set.ts';
import { getBackupSet } from './procedures/backup/get-backup-set.ts';
import { getRunPreview } from './procedures/backup/get-run-preview.ts';
import { listBackupItems } from './procedures/backup/list-backup-items.ts';
import { listBackupSets } from './procedures/backup/list-backup-sets.ts';
import { listRestorePreviews } from './procedures/backup/list-restore-previews.ts';
import { abortBulk } from './procedures/bulk/abort-bulk.ts';
import { createBulk } from './procedures/bulk/create-bulk.ts';
import { estimateBulk } from './procedures/bulk/estimate-bulk.ts';
import { getBulk } from './procedures/bulk/get-bulk.ts';
import { listBulkItems } from './procedures/bulk/list-bulk-items.ts';
import { listBulks } from './procedures/bulk/list-bulks.ts';
import { checkConnection } from './procedures/connection/check-connection.ts';
import { createConnection } from './procedures/connection/create-connection.ts';
import { createServerConnection } from './procedures/connection/create-server-connection.ts';
import { disableConnection } from './procedures/connection/disable-connection.ts';
import { enableConnection } from './procedures/connection/enable-connection.ts';
import { getConnection } from './procedures/connection/get-connection.ts';
import { getConnectionImpact } from './procedures/connection/get-connection-impact.ts';
import { listConnections } from './procedures/connection/list-connections.ts';
import { makeDefaultConnection } from './procedures/connection/make-default-connection.ts';
import { requestConsent } from './procedures/connection/request-consent.ts';
import { setCredential } from './procedures/connection/set-credential.ts';
import { updateConnection } from './procedures/connection/update-connection.ts';
import { listRefusals } from './procedures/gate/list-refusals.ts';
import { createTenant } from './procedures/inventory/create-tenant.ts';
import { getTenant } from './procedures/inventory/get-tenant.ts';
import { listComplianceSnapshots } from './procedures/inventory/list-compliance-snapshots.ts';
import { listGroups } from './procedures/inventory/list-groups.ts';
import { listPolicies } from './procedures/inventory/list-policies.ts';
import { listRoleDefinitions } from './procedures/inventory/list-role-definitions.ts';
import { listTenants } from './procedures/inventory/list-tenants.ts';
import { updateTenant } from './procedures/inventory/update-tenant.ts';
import { liveEvents } from './procedures/live/live-events.ts';
import { listNotifications } from './procedures/notification/list-notifications.ts';
import { readAllNotifications } from './procedures/notification/read-all-notifications.ts';
import { readNotification } from './procedures/notification/read-notification.ts';
import { getAuditHead } from './procedures/observability/get-audit-head.ts';
import { getFleet } from './procedures/observability/get-fleet.ts';
import { health } from './procedures/observability/health.ts';
import { listAudit } from './procedures/observability/list-audit.ts';
import { listWorkers } from './procedures/observability/list-workers.ts';
import { livez } from './procedures/observability/livez.ts';
import { readyz } from './procedures/observability/readyz.ts';
import { verifyAudit } from './procedures/observability/verify-audit.ts';
import { abandonSession } from './procedures/onboarding/abandon-session.ts';
import { abortBootstrap } from './procedures/onboarding/abort-bootstrap.ts';
import { contractGetSession } from './procedures/onboarding/contract-get-session.ts';
import { contractListEvidence } from './procedures/onboarding/contract-list-evidence.ts';
import { contractListTasks } from './procedures/onboarding/contract-list-tasks.ts';
import { contractOpenSession } from './procedures/onboarding/contract-open-session.ts';
import { contractStartTask } from './procedures/onboarding/contract-start-task.ts';
import { contractUpdateSession } from './procedures/onboarding/contract-update-session.ts';
import { dismissDraft } from './procedures/onboarding/dismiss-draft.ts';
import { getSession } from './procedures/onboarding/get-session.ts';
import { listEvidence } from './procedures/onboarding/list-evidence.ts';
import { listOnboardingSessions } from './procedures/onboarding/list-onboarding-sessions.ts';
import { openSession } from './procedures/onboarding/open-session.ts';
import { releaseLock } from './procedures/onboarding/release-lock.ts';
import { restoreDraft } from './procedures/onboarding/restore-draft.ts';
import { startBootstrap } from './procedures/onboarding/start-bootstrap.ts';
import { startTask } from './procedures/onboarding/start-task.ts';
import { takeLock } from './procedures/onboarding/take-lock.ts';
import { updateSession } from './procedures/onboarding/update-session.ts';
import { listOperations } from './procedures/operation/list-operations.ts';
import { getOverview } from './procedures/overview/get-overview.ts';
import { executeRestore } from './procedures/provider-dispatch/execute-restore.ts';
import { getOperation } from './procedures/provider-dispatch/get-operation.ts';
import { startConnectionAction } from './procedures/provider-dispatch/start-connection-action.ts';
import { startOnboardingAction } from './procedures/provider-dispatch/start-onboarding-action.ts';
import { startOnboardingBootstrap } from './procedures/provider-dispatch/start-onboarding-bootstrap.ts';
import { startTenantAction } from './procedures/provider-dispatch/start-tenant-action.ts';
import { syncGroups } from './procedures/provider-dispatch/sync-groups.ts';
import { syncRoleDefinitions } from './procedures/provider-dispatch/sync-role-definitions.ts';
import { cancelBatch } from './procedures/provisioning/cancel-batch.ts';
import { cancelBatchOperation } from './procedures/provisioning/cancel-batch-operation.ts';
import { clusterWorkflow } from './procedures/provisioning/cluster-workflow.ts';
import { contractCreateCheckpoint } from './procedures/provisioning/contract-create-checkpoint.ts';
import { contractListCheckpoints } from './procedures/provisioning/contract-list-checkpoints.ts';
import { createBatch } from './procedures/provisioning/create-batch.ts';
import { createCheckpoint } from './procedures/provisioning/create-checkpoint.ts';
import { createInfra } from './procedures/provisioning/create-infra.ts';
import { createServersWorkflow } from './procedures/provisioning/create-servers-workflow.ts';
import { executeBatch } from './procedures/provisioning/execute-batch.ts';
import { executeRollback } from './procedures/provisioning/execute-rollback.ts';
import { getBatch } from './procedures/provisioning/get-batch.ts';
import { getBatchOperation } from './procedures/provisioning/get-batch-operation.ts';
import { getCheckpoint } from './procedures/provisioning/get-checkpoint.ts';
import { getInfra } from './procedures/provisioning/get-infra.ts';
import { getSystemHealth } from './procedures/provisioning/get-system-health.ts';
import { getSystemMetrics } from './procedures/provisioning/get-system-metrics.ts';
import { getTask } from './procedures/provisioning/get-task.ts';
import { getWorkflowProgress } from './procedures/provisioning/get-workflow-progress.ts';
import { listBatchOperations } from './procedures/provisioning/list-batch-operations.ts';
import { listBatches } from './procedures/provisioning/list-batches.ts';
import { listCheckpoints } from './procedures/provisioning/list-checkpoints.ts';
import { listInfras } from './procedures/provisioning/list-infras.ts';
import { listTasks } from './procedures/provisioning/list-tasks.ts';
import { listWorkflowSnapshots } from './procedures/provisioning/list-workflow-snapshots.ts';
import { previewBatch } from './procedures/provisioning/preview-batch.ts';
import { previewRollback } from './procedures/provisioning/preview-rollback.ts';
import { retryBatch } from './procedures/provisioning/retry-batch.ts';
import { setInfraSettings } from './procedures/provisioning/set-infra-settings.ts';
import { startRollback } from './procedures/provisioning/start-rollback.ts';
import { taskservWorkflow } from './procedures/provisioning/taskserv-workflow.ts';
import { cancelRun } from './procedures/run/cancel-run.ts';
import { countRuns } from './procedures/run/count-runs.ts';
import { forceCancelRun } from './procedures/run/force-cancel-run.ts';
import { getRun } from './procedures/run/get-run.ts';
import { getRunTimeline } from './procedures/run/get-run-timeline.ts';
import { listRunAudit } from './procedures/run/list-run-audit.ts';
import { listRunEvents } from './procedures/run/list-run-events.ts';
import { listRunItems } from './procedures/run/list-run-items.ts';
import { listRunLogs } from './procedures/run/list-run-logs.ts';
import { listRunSteps } from './procedures/run/list-run-steps.ts';
import { listRuns } from './procedures/run/list-runs.ts';
import { replayRun } from './procedures/run/replay-run.ts';
import { retryFailedItems } from './procedures/run/retry-failed-items.ts';
import { searchRunLog } from './procedures/run/search-run-log.ts';
import { startRun } from './procedures/run/start-run.ts';
import { whatIf } from './procedures/run/what-if.ts';
import { createDeployment } from './procedures/runs/create-deployment.ts';
import { getUsage } from './procedures/runs/get-usage.ts';
import { createSavedView } from './procedures/saved-view/create-saved-view.ts';
import { deleteSavedView } from './procedures/saved-view/delete-saved-view.ts';
import { listSavedViews } from './procedures/saved-view/list-saved-views.ts';
import { updateSavedView } from './procedures/saved-view/update-saved-view.ts';
import { createWorkspace } from './procedures/workspace/create-workspace.ts';
import { getUsageReport } from './procedures/workspace/get-usage-report.ts';
import { getWorkspace } from './procedures/workspace/get-workspace.ts';
import { updateTier } from './procedures/workspace/update-tier.ts';
import { updateWorkspace } from './procedures/workspace/update-workspace.ts';
import { router } from './trpc.ts';

export type { AppRouter } from './app-router.ts';

/** Every procedure, at the path the typed client calls it by. REST paths stand in the contracts. */
export const appRouter = router({
  run: {
    list: listRuns,
    counts: countRuns,
    get: getRun,
    steps: listRunSteps,
    items: listRunItems,
    timeline: getRunTimeline,
    events: listRunEvents,
    logs: listRunLogs,
    searchLog: searchRunLog,
    audit: listRunAudit,
    preview: getRunPreview,
    start: startRun,
    whatIf,
    cancel: cancelRun,
    forceCancel: forceCancelRun,
    replay: replayRun,
    retryFailedItems,
  },
  state: {
    progress: getWorkflowProgress,
    snapshots: listWorkflowSnapshots,
    metrics: getSystemMetrics,
    health: getSystemHealth,
  },
  checkpoint: {
    list: listCheckpoints,
    create: createCheckpoint,
    get: getCheckpoint,
  },
  rollback: {
    preview: previewRollback,
    start: startRollback,
  },
  rollbackContract: {
    createCheckpoint: contractCreateCheckpoint,
    listCheckpoints: contractListCheckpoints,
    execute: executeRollback,
  },
  infra: {
    list: listInfras,
    create: createInfra,
    get: getInfra,
    setSettings: setInfraSettings,
  },
  workflow: {
    createServers: createServersWorkflow,
    taskserv: taskservWorkflow,
    cluster: clusterWorkflow,
  },
  task: {
    list: listTasks,
    get: getTask,
  },
  batch: {
    list: listBatches,
    get: getBatch,
    create: createBatch,
    preview: previewBatch,
    cancel: cancelBatch,
    retry: retryBatch,
  },
  batchContract: {
    execute: executeBatch,
    list: listBatchOperations,
    get: getBatchOperation,
    cancel: cancelBatchOperation,
  },
  bulk: {
    estimate: estimateBulk,
    create: createBulk,
    list: listBulks,
    get: getBulk,
    items: listBulkItems,
    abort: abortBulk,
  },
  onboarding: {
    list: listOnboardingSessions,
    get: getSession,
    open: openSession,
    update: updateSession,
    lock: takeLock,
    release: releaseLock,
    abandon: abandonSession,
    restoreDraft: restoreDraft,
    dismissDraft: dismissDraft,
    startTask: startTask,
    evidence: listEvidence,
    bootstrap: startBootstrap,
    abortBootstrap,
  },
  onboardingContract: {
    getSession: contractGetSession,
    openSession: contractOpenSession,
    updateSession: contractUpdateSession,
    listTasks: contractListTasks,
    startTask: contractStartTask,
    listEvidence: contractListEvidence,
  },
  deployment: { create: createDeployment },
  usage: { get: getUsage },
  providerDispatch: {
    startTenantAction,
    startConnectionAction,
    startOnboardingAction,
    startOnboardingBootstrap,
    executeRestore,
    syncGroups,
    syncRoleDefinitions,
    getOperation,
  },
  adminRun: { start: adminStartRun, get: adminGetRun },
  operation: { list: listOperations },
  overview: { get: getOverview },
  refusal: { list: listRefusals },
  worker: { list: listWorkers },
  fleet: { get: getFleet },
  audit: { list: listAudit, verify: verifyAudit, head: getAuditHead },
  tenant: { list: listTenants, get: getTenant, create: createTenant, update: updateTenant },
  connection: {
    list: listConnections,
    get: getConnection,
    check: checkConnection,
    impact: getConnectionImpact,
    create: createConnection,
    createOfServers: createServerConnection,
    update: updateConnection,
    makeDefault: makeDefaultConnection,
    disable: disableConnection,
    enable: enableConnection,
    setCredential,
    requestConsent,
  },
  backupSet: { list: listBackupSets, get: getBackupSet, items: listBackupItems, create: createBackupSet },
  restorePreview: { list: listRestorePreviews },
  policy: { list: listPolicies },
  group: { list: listGroups },
  roleDefinition: { list: listRoleDefinitions },
  complianceSnapshot: { list: listComplianceSnapshots },
  savedView: {
    list: listSavedViews,
    create: createSavedView,
    update: updateSavedView,
    remove: deleteSavedView,
  },
  notification: { list: listNotifications, read: readNotification, readAll: readAllNotifications },
  member: {
    list: listMembers,
    get: getMember,
    update: updateMember,
    remove: removeMember,
    roles: listRoles,
  },
  invitation: {
    list: listInvitations,
    create: createInvitation,
    revoke: revokeInvitation,
    look: lookAtInvitation,
    accept: acceptInvitation,
    join: joinWorkspace,
  },
  workspace: {
    create: createWorkspace,
    get: getWorkspace,
    update: updateWorkspace,
    updateTier,
    usageReport: getUsageReport,
  },
  apiKey: {
    list: listApiKeys,
    get: getApiKey,
    create: createApiKey,
    rotate: rotateApiKey,
    revoke: revokeApiKey,
    caller: getCaller,
  },
  session: { signIn, signOut, stepUp, me: getMe, options: getSignInOptions, setUp },
  account: {
    sessions: listSessions,
    revokeSession,
    revokeOtherSessions,
    changePassword,
    secondFactor: getSecondFactor,
    enrolSecondFactor,
    confirmSecondFactor,
    disableSecondFactor,
    replaceRecoveryCodes,
  },
  auth: { login, refresh, wsTicket: createWsTicket },
  health: { health, livez, readyz },
  live: { events: liveEvents },
} satisfies AppProcedures);
