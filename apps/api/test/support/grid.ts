import { randomUUID } from 'node:crypto';
import type { Call, TestApi } from './test-api.ts';

/** Ids of one workspace's things, as the grid needs them. */
export interface Ids {
  readonly run: number;
  readonly uid: string;
  readonly tenant: number;
  readonly externalId: string;
  readonly connection: number;
  readonly set: number;
  readonly view: number;
  readonly bulk: number;
  readonly apiKey: string;
  readonly session: number;
}

/** One operation that names something: how it is asked, and how badly its body can be. */
export interface Position {
  readonly method?: Call['method'];
  readonly path: (ids: Ids) => string;
  readonly body?: (ids: Ids) => Record<string, unknown>;
  /** The least role that may do it; viewers lack it when it is another. */
  readonly operator?: true;
  /** Operators lack it too. */
  readonly manager?: true;
  /** Managers lack it too. */
  readonly owner?: true;
}

/** Every operation that names something. A test fails when one of the API is missing here. */
export const grid: Readonly<Record<string, Position>> = {
  readRun: { path: ({ run }) => `/v1/runs/${run}` },
  listRunSteps: { path: ({ run }) => `/v1/runs/${run}/steps` },
  getRunTimeline: { path: ({ run }) => `/v1/runs/${run}/timeline` },
  listRunItems: { path: ({ run }) => `/v1/runs/${run}/items` },
  listRunEvents: { path: ({ run }) => `/v1/runs/${run}/events` },
  listRunLogs: { path: ({ run }) => `/v1/runs/${run}/logs` },
  searchRunLog: { path: ({ run }) => `/v1/runs/${run}/log-lines` },
  listRunAudit: { path: ({ run }) => `/v1/runs/${run}/audit`, operator: true, manager: true },
  getRunPreview: { path: ({ run }) => `/v1/runs/${run}/preview` },
  cancelRun: {
    method: 'POST',
    path: ({ run }) => `/v1/runs/${run}/cancel`,
    body: () => ({}),
    operator: true,
  },
  forceCancelRun: {
    method: 'POST',
    path: ({ run }) => `/v1/runs/${run}/force-cancel`,
    body: () => ({ reason: 'its worker is gone' }),
    operator: true,
    manager: true,
  },
  replayRun: {
    method: 'POST',
    path: ({ run }) => `/v1/runs/${run}/replay`,
    body: () => ({}),
    operator: true,
  },
  retryFailedItems: {
    method: 'POST',
    path: ({ run }) => `/v1/runs/${run}/retry-failed-items`,
    body: () => ({}),
    operator: true,
  },
  createRun: {
    method: 'POST',
    path: () => '/v1/runs',
    body: ({ tenant }) => ({ operation: 'snapshot_capture', tenantId: tenant }),
    operator: true,
  },
  whatIfRun: {
    method: 'POST',
    path: () => '/v1/runs/what-if',
    body: ({ connection }) => ({ operation: 'snapshot_capture', connectionId: connection }),
    operator: true,
  },
  startRun: {
    method: 'POST',
    path: ({ externalId }) => `/admin/t/${externalId}/runs/snapshot_capture`,
    body: () => ({}),
    operator: true,
  },
  getRun: { path: ({ externalId, uid }) => `/admin/t/${externalId}/runs/snapshot_capture/${uid}` },
  getTenant: { path: ({ tenant }) => `/v1/tenants/${tenant}` },
  listPolicies: { path: ({ tenant }) => `/v1/policies?tenantId=${tenant}` },
  getConnection: { path: ({ connection }) => `/v1/connections/${connection}` },
  checkConnection: {
    method: 'POST',
    path: ({ connection }) => `/v1/connections/${connection}/check`,
    operator: true,
  },
  getBackupSet: { path: ({ set }) => `/v1/backup-sets/${set}` },
  listBackupItems: { path: ({ set }) => `/v1/backup-sets/${set}/items` },
  updateSavedView: {
    method: 'PATCH',
    path: ({ view }) => `/v1/saved-views/${view}`,
    body: () => ({ name: 'planted' }),
  },
  deleteSavedView: { method: 'DELETE', path: ({ view }) => `/v1/saved-views/${view}` },
  revokeSession: { method: 'DELETE', path: ({ session }) => `/v1/account/sessions/${session}` },
  estimateBulkAction: {
    method: 'POST',
    path: () => '/v1/bulk-actions/estimate',
    body: ({ run }) => ({ action: 'replay', selection: { runIds: [run] } }),
    operator: true,
  },
  createBulkAction: {
    method: 'POST',
    path: () => '/v1/bulk-actions',
    body: ({ run }) => ({ action: 'replay', selection: { runIds: [run] } }),
    operator: true,
  },
  getBulkAction: { path: ({ bulk }) => `/v1/bulk-actions/${bulk}` },
  listBulkActionItems: { path: ({ bulk }) => `/v1/bulk-actions/${bulk}/items` },
  abortBulkAction: {
    method: 'POST',
    path: ({ bulk }) => `/v1/bulk-actions/${bulk}/abort`,
    body: () => ({}),
    operator: true,
  },
  getApiKey: { path: ({ apiKey }) => `/v1/api-keys/${apiKey}`, operator: true, manager: true, owner: true },
  rotateApiKey: {
    method: 'POST',
    path: ({ apiKey }) => `/v1/api-keys/${apiKey}/rotate`,
    body: () => ({}),
    operator: true,
    manager: true,
    owner: true,
  },
  revokeApiKey: {
    method: 'POST',
    path: ({ apiKey }) => `/v1/api-keys/${apiKey}/revoke`,
    operator: true,
    manager: true,
    owner: true,
  },
  createBackupSet: {
    method: 'POST',
    path: () => '/v1/backup-sets',
    body: ({ tenant }) => ({ tenantId: tenant, name: 'planted' }),
    operator: true,
  },
};

/** Well-formed ids of nothing. */
export const unknown: Ids = {
  run: 2_000_000_001,
  uid: randomUUID(),
  tenant: 2_000_000_002,
  externalId: 'no-such-tenant',
  connection: 2_000_000_003,
  set: 2_000_000_004,
  view: 2_000_000_005,
  bulk: 2_000_000_006,
  apiKey: 'nosuchkey00',
  session: 2_000_000_007,
};

/** Asks for one place of the grid; `worse` is added to its body. */
export function ask(
  api: TestApi,
  name: string,
  { ids, worse, ...call }: Call & { ids: Ids; worse?: object },
) {
  const { method = 'GET', path, body } = grid[name] as Position;
  const given = body === undefined ? {} : { body: { ...body(ids), ...worse } };
  return api.call(path(ids), { method, ...given, ...call });
}

/** Makes one of each thing in the workspace of the API. */
export async function makeThings(api: TestApi): Promise<Ids> {
  const as = api.workspace.members.operator;
  const body = { tenantId: api.tenant.tenantId, name: 'nightly' };
  const set = await api.call('/v1/backup-sets', { method: 'POST', as, body });
  const view = await api.call('/v1/saved-views', {
    method: 'POST',
    as,
    body: { page: 'runs', name: 'mine', search: '?by=me' },
  });
  const start = await api.call('/v1/runs', {
    method: 'POST',
    as,
    body: { operation: 'snapshot_capture', tenantId: api.tenant.tenantId },
  });
  const bulk = await api.call('/v1/bulk-actions', {
    method: 'POST',
    as,
    body: { action: 'replay', selection: { runIds: [start.body.run.id] } },
  });
  const apiKey = await api.call('/v1/api-keys', {
    method: 'POST',
    as: api.workspace.members.owner,
    body: { name: 'planted', capabilities: ['run.read'] },
  });
  return {
    run: start.body.run.id,
    uid: start.body.run.uid,
    tenant: api.tenant.tenantId,
    externalId: api.tenant.externalId,
    connection: api.tenant.connectionId,
    set: set.body.id,
    view: view.body.id,
    bulk: bulk.body.id,
    apiKey: apiKey.body.id,
    session: (await api.call('/v1/account/sessions', { as })).body.items[0].id,
  };
}
