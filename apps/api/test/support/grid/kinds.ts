import { randomUUID } from 'node:crypto';

/** What an id in a request can name. */
interface KindRule {
  /** True for what belongs to a tenant, and so is hidden from members who are not entitled to it. */
  readonly ofTenant?: true;
  /** True for what belongs to one person, whatever their workspace. */
  readonly ofPerson?: true;
  /** A well-formed id of nothing. */
  readonly unknown: string | number;
}

/** Every kind of thing that a request can name. */
export const kinds = {
  run: { ofTenant: true, unknown: 2_000_000_001 },
  runUid: { ofTenant: true, unknown: randomUUID() },
  preview: { ofTenant: true, unknown: 2_000_000_011 },
  previewUid: { ofTenant: true, unknown: randomUUID() },
  tenant: { ofTenant: true, unknown: 2_000_000_002 },
  externalId: { ofTenant: true, unknown: 'no-such-tenant' },
  connection: { ofTenant: true, unknown: 2_000_000_003 },
  set: { ofTenant: true, unknown: 2_000_000_004 },
  item: { ofTenant: true, unknown: 2_000_000_005 },
  onboarding: { ofTenant: true, unknown: 2_000_000_013 },
  bulk: { ofTenant: true, unknown: 2_000_000_006 },
  batch: { unknown: randomUUID() },
  infra: { unknown: 'no-such-infra' },
  task: { unknown: randomUUID() },
  checkpoint: { unknown: randomUUID() },
  view: { ofPerson: true, unknown: 2_000_000_007 },
  session: { ofPerson: true, unknown: 2_000_000_008 },
  notification: { ofPerson: true, unknown: 2_000_000_012 },
  member: { unknown: 2_000_000_009 },
  invitation: { unknown: 2_000_000_010 },
  key: { unknown: 'NoSuchKey00' },
  workspace: { unknown: 'ws-no-such' },
} as const satisfies Record<string, KindRule>;

export type Kind = keyof typeof kinds;

export function rule(kind: Kind): KindRule {
  return kinds[kind];
}

/** One of each thing; what a request names when nothing else is said. */
export type Things = Readonly<Record<Kind, string | number>>;

/** What the parameter after a segment of a path names. */
export const kindByCollection: Readonly<Record<string, Kind>> = {
  runs: 'run',
  tenants: 'tenant',
  connections: 'connection',
  'provider-connections': 'connection',
  'restore-runs': 'preview',
  onboarding: 'onboarding',
  'onboarding-sessions': 'onboarding',
  operations: 'run',
  'backup-sets': 'set',
  'bulk-actions': 'bulk',
  batches: 'batch',
  infras: 'infra',
  checkpoints: 'checkpoint',
  workflows: 'task',
  'saved-views': 'view',
  sessions: 'session',
  notifications: 'notification',
  members: 'member',
  invitations: 'invitation',
  'api-keys': 'key',
  workspaces: 'workspace',
};

/** What a member of a query or a body names, by its name; and parameters of paths whose segment says too little. */
export const kindByName: Readonly<Record<string, Kind>> = {
  tenantExternalId: 'externalId',
  batchId: 'batch',
  infra: 'infra',
  taskId: 'task',
  workflowId: 'task',
  operation_ids: 'task',
  operations: 'task',
  checkpointId: 'checkpoint',
  checkpoint_id: 'checkpoint',
  tenant: 'externalId',
  providerConnectionId: 'connection',
  tenantId: 'tenant',
  sessionId: 'onboarding',
  assigneeUserId: 'member',
  assigned_to_user_id: 'member',
  tenantIds: 'tenant',
  tenants: 'tenant',
  connectionId: 'connection',
  runId: 'run',
  runIds: 'run',
  parentId: 'run',
  previewRunId: 'preview',
  backupSetId: 'set',
  itemIds: 'item',
  memberId: 'member',
  userId: 'member',
  workspaceId: 'workspace',
  workspace_id: 'workspace',
};

/** Members that look like ids and name nothing by themselves, with why. `operation.member` where it is one of many. */
export const namesNothing: Readonly<Record<string, string>> = {
  'createBatch.id': 'what the caller calls an operation of a new batch',
  'previewBatch.id': 'what the caller calls an operation of a batch that is not made',
  'executeBatch.id': 'what the caller calls an operation of a new batch',
  'createBatch.infra': 'an unknown one makes no batch, and so does a foreign one; tested with batches',
  'previewBatch.infra': 'as with a batch that is made',
  'executeBatch.infra': 'as with a batch that is made natively',
  policyIds: 'ids of the provider; only those of the tenant named beside them are looked at',
  runType: 'a word of a closed list',
  clientId: 'an application at the provider',
  'updateOnboardingSession.externalId': 'a text as far as it was typed',
  'createTenant.externalId': 'what a new tenant is to be known by',
  taskType: 'a word of a closed list; one that is not on it is nothing, like an unknown id',
  operation: 'a word of a closed list; one that is not on it is nothing, like an unknown id',
  'listRunLogs.fromLine': 'a number within the log of the run in the path',
  'readAllNotifications.upTo': 'only says up to where the caller’s own are marked',
  'listRunLogs.before': 'a number within the log of the run in the path',
  'listAudit.objectId': 'goes by objectKind beside it, and only narrows what the caller sees anyway',
  'listAudit.requestId': 'a request, and only narrows what the caller sees anyway',
  'startRun.targetObjectId': 'goes by the type of the run; see ofAdminRuns',
  'startRun.itemIds': 'goes by the type of the run; see ofAdminRuns',
};
