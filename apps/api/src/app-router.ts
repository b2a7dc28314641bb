import type { acceptInvitationContract } from '@signalbox/contracts/access/accept-invitation';
import type { changePasswordContract } from '@signalbox/contracts/access/change-password';
import type { confirmSecondFactorContract } from '@signalbox/contracts/access/confirm-second-factor';
import type { createApiKeyContract } from '@signalbox/contracts/access/create-api-key';
import type { createInvitationContract } from '@signalbox/contracts/access/create-invitation';
import type { createWsTicketContract } from '@signalbox/contracts/access/create-ws-ticket';
import type { disableSecondFactorContract } from '@signalbox/contracts/access/disable-second-factor';
import type { enrolSecondFactorContract } from '@signalbox/contracts/access/enrol-second-factor';
import type { getApiKeyContract } from '@signalbox/contracts/access/get-api-key';
import type { getCallerContract } from '@signalbox/contracts/access/get-caller';
import type { getMeContract } from '@signalbox/contracts/access/get-me';
import type { getMemberContract } from '@signalbox/contracts/access/get-member';
import type { getSecondFactorContract } from '@signalbox/contracts/access/get-second-factor';
import type { getSignInOptionsContract } from '@signalbox/contracts/access/get-sign-in-options';
import type { joinWorkspaceContract } from '@signalbox/contracts/access/join-workspace';
import type { listApiKeysContract } from '@signalbox/contracts/access/list-api-keys';
import type { listInvitationsContract } from '@signalbox/contracts/access/list-invitations';
import type { listMembersContract } from '@signalbox/contracts/access/list-members';
import type { listRolesContract } from '@signalbox/contracts/access/list-roles';
import type { listSessionsContract } from '@signalbox/contracts/access/list-sessions';
import type { loginContract } from '@signalbox/contracts/access/login';
import type { lookAtInvitationContract } from '@signalbox/contracts/access/look-at-invitation';
import type { refreshContract } from '@signalbox/contracts/access/refresh';
import type { removeMemberContract } from '@signalbox/contracts/access/remove-member';
import type { replaceRecoveryCodesContract } from '@signalbox/contracts/access/replace-recovery-codes';
import type { revokeApiKeyContract } from '@signalbox/contracts/access/revoke-api-key';
import type { revokeInvitationContract } from '@signalbox/contracts/access/revoke-invitation';
import type { revokeOtherSessionsContract } from '@signalbox/contracts/access/revoke-other-sessions';
import type { revokeSessionContract } from '@signalbox/contracts/access/revoke-session';
import type { rotateApiKeyContract } from '@signalbox/contracts/access/rotate-api-key';
import type { setUpContract } from '@signalbox/contracts/access/set-up';
import type { signInContract } from '@signalbox/contracts/access/sign-in';
import type { signOutContract } from '@signalbox/contracts/access/sign-out';
import type { stepUpContract } from '@signalbox/contracts/access/step-up';
import type { updateMemberContract } from '@signalbox/contracts/access/update-member';
import type { adminGetRunContract } from '@signalbox/contracts/admin-runs/get-run';
import type { adminStartRunContract } from '@signalbox/contracts/admin-runs/start-run';
import type { createBackupSetContract } from '@signalbox/contracts/backup/create-backup-set';
import type { getBackupSetContract } from '@signalbox/contracts/backup/get-backup-set';
import type { getRunPreviewContract } from '@signalbox/contracts/backup/get-run-preview';
import type { listBackupItemsContract } from '@signalbox/contracts/backup/list-backup-items';
import type { listBackupSetsContract } from '@signalbox/contracts/backup/list-backup-sets';
import type { listRestorePreviewsContract } from '@signalbox/contracts/backup/list-restore-previews';
import type { abortBulkContract } from '@signalbox/contracts/bulk/abort-bulk';
import type { createBulkContract } from '@signalbox/contracts/bulk/create-bulk';
import type { estimateBulkContract } from '@signalbox/contracts/bulk/estimate-bulk';
import type { getBulkContract } from '@signalbox/contracts/bulk/get-bulk';
import type { listBulkItemsContract } from '@signalbox/contracts/bulk/list-bulk-items';
import type { listBulksContract } from '@signalbox/contracts/bulk/list-bulks';
import type { checkConnectionContract } from '@signalbox/contracts/connection/check-connection';
import type { createConnectionContract } from '@signalbox/contracts/connection/create-connection';
import type { createServerConnectionContract } from '@signalbox/contracts/connection/create-server-connection';
import type { disableConnectionContract } from '@signalbox/contracts/connection/disable-connection';
import type { enableConnectionContract } from '@signalbox/contracts/connection/enable-connection';
import type { getConnectionContract } from '@signalbox/contracts/connection/get-connection';
import type { getConnectionImpactContract } from '@signalbox/contracts/connection/get-connection-impact';
import type { listConnectionsContract } from '@signalbox/contracts/connection/list-connections';
import type { makeDefaultConnectionContract } from '@signalbox/contracts/connection/make-default-connection';
import type { requestConsentContract } from '@signalbox/contracts/connection/request-consent';
import type { setCredentialContract } from '@signalbox/contracts/connection/set-credential';
import type { updateConnectionContract } from '@signalbox/contracts/connection/update-connection';
import type { listRefusalsContract } from '@signalbox/contracts/gate/list-refusals';
import type { listComplianceSnapshotsContract } from '@signalbox/contracts/inventory/list-compliance-snapshots';
import type { listGroupsContract } from '@signalbox/contracts/inventory/list-groups';
import type { listPoliciesContract } from '@signalbox/contracts/inventory/list-policies';
import type { listRoleDefinitionsContract } from '@signalbox/contracts/inventory/list-role-definitions';
import type { listNotificationsContract } from '@signalbox/contracts/notification/list-notifications';
import type { readAllNotificationsContract } from '@signalbox/contracts/notification/read-all-notifications';
import type { readNotificationContract } from '@signalbox/contracts/notification/read-notification';
import type { getFleetContract } from '@signalbox/contracts/observability/get-fleet';
import type { healthContract } from '@signalbox/contracts/observability/health';
import type { listAuditContract } from '@signalbox/contracts/observability/list-audit';
import type { listWorkersContract } from '@signalbox/contracts/observability/list-workers';
import type { livezContract } from '@signalbox/contracts/observability/livez';
import type { readyzContract } from '@signalbox/contracts/observability/readyz';
import type {
  getAuditHeadContract,
  verifyAuditContract,
} from '@signalbox/contracts/observability/verify-audit';
import type { abandonSessionContract } from '@signalbox/contracts/onboarding/abandon-session';
import type { abortBootstrapContract } from '@signalbox/contracts/onboarding/abort-bootstrap';
import type { contractGetSessionContract } from '@signalbox/contracts/onboarding/contract-get-session';
import type { contractListEvidenceContract } from '@signalbox/contracts/onboarding/contract-list-evidence';
import type { contractListTasksContract } from '@signalbox/contracts/onboarding/contract-list-tasks';
import type { contractOpenSessionContract } from '@signalbox/contracts/onboarding/contract-open-session';
import type { contractStartTaskContract } from '@signalbox/contracts/onboarding/contract-start-task';
import type { contractUpdateSessionContract } from '@signalbox/contracts/onboarding/contract-update-session';
import type { dismissDraftContract } from '@signalbox/contracts/onboarding/dismiss-draft';
import type { getSessionContract } from '@signalbox/contracts/onboarding/get-session';
import type { listEvidenceContract } from '@signalbox/contracts/onboarding/list-evidence';
import type { listOnboardingSessionsContract } from '@signalbox/contracts/onboarding/list-onboarding-sessions';
import type { openSessionContract } from '@signalbox/contracts/onboarding/open-session';
import type { releaseLockContract } from '@signalbox/contracts/onboarding/release-lock';
import type { restoreDraftContract } from '@signalbox/contracts/onboarding/restore-draft';
import type { startBootstrapContract } from '@signalbox/contracts/onboarding/start-bootstrap';
import type { startTaskContract } from '@signalbox/contracts/onboarding/start-task';
import type { takeLockContract } from '@signalbox/contracts/onboarding/take-lock';
import type { updateSessionContract } from '@signalbox/contracts/onboarding/update-session';
import type { ContractMeta } from '@signalbox/contracts/openapi/operation';
import type { listOperationsContract } from '@signalbox/contracts/operation/list-operations';
import type { getOverviewContract } from '@signalbox/contracts/overview/get-overview';
import type { Problem } from '@signalbox/contracts/problem/problem';
import type { executeRestoreContract } from '@signalbox/contracts/provider-dispatch/execute-restore';
import type { getOperationContract } from '@signalbox/contracts/provider-dispatch/get-operation';
import type { startConnectionActionContract } from '@signalbox/contracts/provider-dispatch/start-connection-action';
import type { startOnboardingActionContract } from '@signalbox/contracts/provider-dispatch/start-onboarding-action';
import type { startOnboardingBootstrapContract } from '@signalbox/contracts/provider-dispatch/start-onboarding-bootstrap';
import type { startTenantActionContract } from '@signalbox/contracts/provider-dispatch/start-tenant-action';
import type { syncGroupsContract } from '@signalbox/contracts/provider-dispatch/sync-groups';
import type { syncRoleDefinitionsContract } from '@signalbox/contracts/provider-dispatch/sync-role-definitions';
import type { cancelRunContract } from '@signalbox/contracts/run/cancel-run';
import type { countRunsContract } from '@signalbox/contracts/run/count-runs';
import type { forceCancelRunContract } from '@signalbox/contracts/run/force-cancel-run';
import type { getRunContract } from '@signalbox/contracts/run/get-run';
import type { listRunAuditContract } from '@signalbox/contracts/run/list-run-audit';
import type { listRunEventsContract } from '@signalbox/contracts/run/list-run-events';
import type { listRunItemsContract } from '@signalbox/contracts/run/list-run-items';
import type { listRunLogsContract } from '@signalbox/contracts/run/list-run-logs';
import type { listRunStepsContract } from '@signalbox/contracts/run/list-run-steps';
import type { listRunsContract } from '@signalbox/contracts/run/list-runs';
import type { LiveEvent, liveInput } from '@signalbox/contracts/run/live-events';
import type { replayRunContract } from '@signalbox/contracts/run/replay-run';
import type { retryFailedItemsContract } from '@signalbox/contracts/run/retry-failed-items';
import type { searchRunLogContract } from '@signalbox/contracts/run/search-run-log';
import type { startRunContract } from '@signalbox/contracts/run/start-run';
import type { getRunTimelineContract } from '@signalbox/contracts/run/timeline';
import type { whatIfContract } from '@signalbox/contracts/run/what-if';
import type { createDeploymentContract } from '@signalbox/contracts/runs/create-run';
import type { getUsageContract } from '@signalbox/contracts/runs/get-usage';
import type { createSavedViewContract } from '@signalbox/contracts/saved-view/create-saved-view';
import type { deleteSavedViewContract } from '@signalbox/contracts/saved-view/delete-saved-view';
import type { listSavedViewsContract } from '@signalbox/contracts/saved-view/list-saved-views';
import type { updateSavedViewContract } from '@signalbox/contracts/saved-view/update-saved-view';
import type { createTenantContract } from '@signalbox/contracts/workspace/create-tenant';
import type { createWorkspaceContract } from '@signalbox/contracts/workspace/create-workspace';
import type { getTenantContract } from '@signalbox/contracts/workspace/get-tenant';
import type { getUsageReportContract } from '@signalbox/contracts/workspace/get-usage-report';
import type { getWorkspaceContract } from '@signalbox/contracts/workspace/get-workspace';
import type { listTenantsContract } from '@signalbox/contracts/workspace/list-tenants';
import type { updateTenantContract } from '@signalbox/contracts/workspace/update-tenant';
import type { updateTierContract } from '@signalbox/contracts/workspace/update-tier';
import type { updateWorkspaceContract } from '@signalbox/contracts/workspace/update-workspace';
import type {
  TRPCBuiltRouter,
  TRPCDecorateCreateRouterOptions,
  TRPCSubscriptionProcedure,
} from '@trpc/server';
import type { z } from 'zod';
import type { BatchProcedures } from './batch-procedures.ts';
import type { Mutation, Query } from './procedure-shapes.ts';
import type { ProvisioningProcedures } from './provisioning-procedures.ts';

/** Every procedure by its path. Written out from the contracts, so that clients load no server code for a type. */
export type AppProcedures = BatchProcedures &
  ProvisioningProcedures & {
    run: {
      list: Query<typeof listRunsContract>;
      counts: Query<typeof countRunsContract>;
      get: Query<typeof getRunContract>;
      steps: Query<typeof listRunStepsContract>;
      items: Query<typeof listRunItemsContract>;
      timeline: Query<typeof getRunTimelineContract>;
      events: Query<typeof listRunEventsContract>;
      logs: Query<typeof listRunLogsContract>;
      searchLog: Query<typeof searchRunLogContract>;
      audit: Query<typeof listRunAuditContract>;
      preview: Query<typeof getRunPreviewContract>;
      start: Mutation<typeof startRunContract>;
      whatIf: Mutation<typeof whatIfContract>;
      cancel: Mutation<typeof cancelRunContract>;
      forceCancel: Mutation<typeof forceCancelRunContract>;
      replay: Mutation<typeof replayRunContract>;
      retryFailedItems: Mutation<typeof retryFailedItemsContract>;
    };
    bulk: {
      estimate: Mutation<typeof estimateBulkContract>;
      create: Mutation<typeof createBulkContract>;
      list: Query<typeof listBulksContract>;
      get: Query<typeof getBulkContract>;
      items: Query<typeof listBulkItemsContract>;
      abort: Mutation<typeof abortBulkContract>;
    };
    onboarding: {
      list: Query<typeof listOnboardingSessionsContract>;
      get: Query<typeof getSessionContract>;
      open: Mutation<typeof openSessionContract>;
      update: Mutation<typeof updateSessionContract>;
      lock: Mutation<typeof takeLockContract>;
      release: Mutation<typeof releaseLockContract>;
      abandon: Mutation<typeof abandonSessionContract>;
      restoreDraft: Mutation<typeof restoreDraftContract>;
      dismissDraft: Mutation<typeof dismissDraftContract>;
      startTask: Mutation<typeof startTaskContract>;
      evidence: Query<typeof listEvidenceContract>;
      bootstrap: Mutation<typeof startBootstrapContract>;
      abortBootstrap: Mutation<typeof abortBootstrapContract>;
    };
    onboardingContract: {
      getSession: Query<typeof contractGetSessionContract>;
      openSession: Mutation<typeof contractOpenSessionContract>;
      updateSession: Mutation<typeof contractUpdateSessionContract>;
      listTasks: Query<typeof contractListTasksContract>;
      startTask: Mutation<typeof contractStartTaskContract>;
      listEvidence: Query<typeof contractListEvidenceContract>;
    };
    deployment: { create: Mutation<typeof createDeploymentContract> };
    usage: { get: Query<typeof getUsageContract> };
    providerDispatch: {
      startTenantAction: Mutation<typeof startTenantActionContract>;
      startConnectionAction: Mutation<typeof startConnectionActionContract>;
      startOnboardingAction: Mutation<typeof startOnboardingActionContract>;
      startOnboardingBootstrap: Mutation<typeof startOnboardingBootstrapContract>;
      executeRestore: Mutation<typeof executeRestoreContract>;
      syncGroups: Mutation<typeof syncGroupsContract>;
      syncRoleDefinitions: Mutation<typeof syncRoleDefinitionsContract>;
      getOperation: Query<typeof getOperationContract>;
    };
    adminRun: { start: Mutation<typeof adminStartRunContract>; get: Query<typeof adminGetRunContract> };
    operation: { list: Query<typeof listOperationsContract> };
    overview: { get: Query<typeof getOverviewContract> };
    refusal: { list: Query<typeof listRefusalsContract> };
    worker: { list: Query<typeof listWorkersContract> };
    fleet: { get: Query<typeof getFleetContract> };
    audit: {
      list: Query<typeof listAuditContract>;
      verify: Query<typeof verifyAuditContract>;
      head: Query<typeof getAuditHeadContract>;
    };
    tenant: {
      list: Query<typeof listTenantsContract>;
      get: Query<typeof getTenantContract>;
      create: Mutation<typeof createTenantContract>;
      update: Mutation<typeof updateTenantContract>;
    };
    connection: {
      list: Query<typeof listConnectionsContract>;
      get: Query<typeof getConnectionContract>;
      check: Mutation<typeof checkConnectionContract>;
      impact: Query<typeof getConnectionImpactContract>;
      create: Mutation<typeof createConnectionContract>;
      createOfServers: Mutation<typeof createServerConnectionContract>;
      update: Mutation<typeof updateConnectionContract>;
      makeDefault: Mutation<typeof makeDefaultConnectionContract>;
      disable: Mutation<typeof disableConnectionContract>;
      enable: Mutation<typeof enableConnectionContract>;
      setCredential: Mutation<typeof setCredentialContract>;
      requestConsent: Mutation<typeof requestConsentContract>;
    };
    backupSet: {
      list: Query<typeof listBackupSetsContract>;
      get: Query<typeof getBackupSetContract>;
      items: Query<typeof listBackupItemsContract>;
      create: Mutation<typeof createBackupSetContract>;
    };
    restorePreview: { list: Query<typeof listRestorePreviewsContract> };
    policy: { list: Query<typeof listPoliciesContract> };
    group: { list: Query<typeof listGroupsContract> };
    roleDefinition: { list: Query<typeof listRoleDefinitionsContract> };
    complianceSnapshot: { list: Query<typeof listComplianceSnapshotsContract> };
    savedView: {
      list: Query<typeof listSavedViewsContract>;
      create: Mutation<typeof createSavedViewContract>;
      update: Mutation<typeof updateSavedViewContract>;
      remove: Mutation<typeof deleteSavedViewContract>;
    };
    notification: {
      list: Query<typeof listNotificationsContract>;
      read: Mutation<typeof readNotificationContract>;
      readAll: Mutation<typeof readAllNotificationsContract>;
    };
    member: {
      list: Query<typeof listMembersContract>;
      get: Query<typeof getMemberContract>;
      update: Mutation<typeof updateMemberContract>;
      remove: Mutation<typeof removeMemberContract>;
      roles: Query<typeof listRolesContract>;
    };
    invitation: {
      list: Query<typeof listInvitationsContract>;
      create: Mutation<typeof createInvitationContract>;
      revoke: Mutation<typeof revokeInvitationContract>;
      look: Mutation<typeof lookAtInvitationContract>;
      accept: Mutation<typeof acceptInvitationContract>;
      join: Mutation<typeof joinWorkspaceContract>;
    };
    workspace: {
      create: Mutation<typeof createWorkspaceContract>;
      get: Query<typeof getWorkspaceContract>;
      update: Mutation<typeof updateWorkspaceContract>;
      updateTier: Mutation<typeof updateTierContract>;
      usageReport: Query<typeof getUsageReportContract>;
    };
    apiKey: {
      list: Query<typeof listApiKeysContract>;
      get: Query<typeof getApiKeyContract>;
      create: Mutation<typeof createApiKeyContract>;
      rotate: Mutation<typeof rotateApiKeyContract>;
      revoke: Mutation<typeof revokeApiKeyContract>;
      caller: Query<typeof getCallerContract>;
    };
    session: {
      signIn: Mutation<typeof signInContract>;
      signOut: Mutation<typeof signOutContract>;
      stepUp: Mutation<typeof stepUpContract>;
      me: Query<typeof getMeContract>;
      options: Query<typeof getSignInOptionsContract>;
      setUp: Mutation<typeof setUpContract>;
    };
    account: {
      sessions: Query<typeof listSessionsContract>;
      revokeSession: Mutation<typeof revokeSessionContract>;
      revokeOtherSessions: Mutation<typeof revokeOtherSessionsContract>;
      changePassword: Mutation<typeof changePasswordContract>;
      secondFactor: Query<typeof getSecondFactorContract>;
      enrolSecondFactor: Mutation<typeof enrolSecondFactorContract>;
      confirmSecondFactor: Mutation<typeof confirmSecondFactorContract>;
      disableSecondFactor: Mutation<typeof disableSecondFactorContract>;
      replaceRecoveryCodes: Mutation<typeof replaceRecoveryCodesContract>;
    };
    auth: {
      login: Mutation<typeof loginContract>;
      refresh: Mutation<typeof refreshContract>;
      wsTicket: Mutation<typeof createWsTicketContract>;
    };
    health: {
      health: Query<typeof healthContract>;
      livez: Query<typeof livezContract>;
      readyz: Query<typeof readyzContract>;
    };
    live: {
      events: TRPCSubscriptionProcedure<{
        input: z.input<typeof liveInput>;
        output: AsyncIterable<{ id: string; data: LiveEvent }>;
        meta: ContractMeta;
      }>;
    };
  };

/** What an error carries to the typed client: the same problem that REST answers. */
interface ErrorShape {
  code: number;
  message: string;
  data: { code: string; httpStatus: number; path?: string; problem: Problem };
}

interface Root {
  ctx: object;
  meta: ContractMeta;
  errorShape: ErrorShape;
  transformer: false;
}

/** The type of the API's router, for the typed client. */
export type AppRouter = TRPCBuiltRouter<Root, TRPCDecorateCreateRouterOptions<AppProcedures>>;
