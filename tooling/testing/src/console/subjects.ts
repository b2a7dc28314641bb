import { type RestClient, runToEnd } from '@signalbox/demo/rest-client';
import { seedOnboarding } from '@signalbox/demo/seed-onboarding';
import type { TestSystem } from '../system/start-system.ts';
import { waitUntil } from '../wait-until.ts';

/** The runs and things that the console's pages are about, in a workspace of the demo. */
export interface Subjects {
  readonly workspace: string;
  /** A run that ended partial. */
  readonly partialRun: number;
  /** A capture that has ended. */
  readonly captureRun: number;
  /** A restore preview that succeeded. */
  readonly previewRun: number;
  readonly connection: number;
  readonly backupSet: number;
  /** A bulk action with a receipt. */
  readonly bulk: number;
  /** A batch that has failed, with operations that never began because of it. */
  readonly batch: string;
  /** Two checkpoints, an earlier and a later one, with servers that were made between them. */
  readonly checkpoints: readonly [earlier: string, later: string];
  /** The public part of an API key. */
  readonly apiKey: string;
  /** A tenant on which every start is blocked, since nobody has consented. */
  readonly blockedTenant: number;
  /** A tenant on which a start is accepted. */
  readonly readyTenant: number;
  /** A tenant whose onboarding stands at the third step, with evidence that consent is missing. */
  readonly enteringTenant: number;
  /** A tenant whose onboarding has not begun. */
  readonly newTenant: number;
}

/** Makes the history that the pages need, the way a person would: through the API and the start gate. */
export async function makeSubjects(system: TestSystem): Promise<Subjects> {
  const operator = await system.signIn('operator');
  const readyTenant = system.tenantId('contoso');
  const blockedTenant = system.tenantId('fabrikam');
  // First, so that of what failed the newest is the partial run.
  const batch = await makeBatch(operator);
  const checkpoints = await makeCheckpoints(operator);
  const match = { method: 'GET', path: '/deviceConfigurations/', tenant: 'contoso' };
  await system.control.addFault({ match, times: 1, status: 404 });
  const partial = await runToEnd(operator, { operation: 'snapshot_capture', tenantId: readyTenant });
  const policies = await listed<{ policyId: string }>(
    operator,
    `/v1/policies?tenantId=${readyTenant}&kind=deviceConfiguration&limit=3`,
  );
  const policyIds = policies.map(({ policyId }) => policyId);
  await runToEnd(operator, {
    operation: 'backup_set_add_policies',
    tenantId: readyTenant,
    input: { policyIds },
  });
  // Refused, so that the list of refused starts has something to show.
  await operator.post('/v1/runs', { operation: 'snapshot_capture', tenantId: blockedTenant });
  const owner = await system.signIn('admin');
  await makeInvitation(owner, readyTenant);
  await makeInfra(owner);
  // At the third step, where it is found that nobody has consented.
  await seedOnboarding(await system.signIn('manager'), { id: blockedTenant, alias: 'fabrikam' });
  const preview = await runToEnd(operator, { operation: 'restore_preview', tenantId: readyTenant });
  return {
    workspace: 'ws-default',
    partialRun: partial.id,
    captureRun: partial.id,
    previewRun: preview.id,
    connection: await firstId(operator, `/v1/connections?tenantId=${blockedTenant}`),
    backupSet: await firstId(operator, `/v1/backup-sets?tenantId=${readyTenant}`),
    bulk: await makeBulk(operator),
    batch,
    checkpoints,
    apiKey: await makeKeys(owner),
    blockedTenant,
    readyTenant,
    enteringTenant: blockedTenant,
    newTenant: system.tenantId('tailspin'),
  };
}

/** Asks for the checks of all connections once more, and waits until the gate has answered for most of them. */
export async function makeBulk(operator: RestClient): Promise<number> {
  const { body } = await operator.post<{ id: number }>('/v1/bulk-actions', {
    action: 'replay',
    selection: { filter: { operation: 'provider.connection.check' } },
    reason: 'A drill',
  });
  const receipt = (): Promise<{ counts: { done: number } }> => operator.get(`/v1/bulk-actions/${body.id}`);
  await waitUntil('the receipt', receipt, { until: ({ counts }) => counts.done >= 2, timeoutMs: 30_000 });
  return body.id;
}

/** Makes a batch that fails at its first operation, and waits for its end. */
export async function makeBatch(operator: RestClient): Promise<string> {
  const servers = (id: string, ...dependencies: string[]): object => ({
    ...{ id, type: 'server_batch', provider: 'local', dependencies },
    config: { server_configs: [{ name: id, plan: 'no-such-plan', zone: 'local' }] },
  });
  const { body } = await operator.post<{ id: string }>('/v1/batches', {
    name: 'spring-fleet',
    operations: [servers('gateway'), servers('web', 'gateway'), servers('cache', 'gateway', 'web')],
  });
  const read = (): Promise<{ status: string }> => operator.get(`/v1/batches/${body.id}`);
  await waitUntil('the batch', read, { until: ({ status }) => status === 'failed', timeoutMs: 30_000 });
  return body.id;
}

/** Makes servers between two checkpoints. */
export async function makeCheckpoints(operator: RestClient): Promise<Subjects['checkpoints']> {
  const checkpoint = async (name: string, description: string): Promise<string> =>
    (await operator.post<{ id: string }>('/v1/checkpoints', { name, description })).body.id;
  const earlier = await checkpoint('before the web servers', 'As the fleet of spring left it.');
  const servers = ['web-01', 'web-02'].map((name) => ({ name, plan: 'small', zone: 'local' }));
  const { body } = await operator.post<{ id: string }>('/v1/batches', {
    name: 'web-tier',
    operations: [
      {
        ...{ id: 'web', type: 'server_batch', provider: 'local', dependencies: [] },
        config: { server_configs: servers },
      },
    ],
  });
  const read = (): Promise<{ status: string }> => operator.get(`/v1/batches/${body.id}`);
  await waitUntil('the servers', read, { until: ({ status }) => status === 'completed', timeoutMs: 30_000 });
  return [earlier, await checkpoint('web servers stand', 'Both answer.')];
}

/** Makes an infra whose settings name what does not stand yet. */
export async function makeInfra(owner: RestClient): Promise<void> {
  const server = (name: string): string => `  { name = "${name}", plan = "small", zone = "local" }\n`;
  const settings = `provider = "local"\nserver_configs = [\n${server('shop-01')}${server('shop-02')}]\ntaskservs = ["nginx"]\nclusters = [{ name = "cache", type = "redis", size = 2 }]\n`;
  await owner.post('/v1/infras', { name: 'shop', settings });
}

/** Makes keys of several kinds, and answers one that works. */
export async function makeKeys(owner: RestClient): Promise<string> {
  const make = async (wish: object): Promise<string> =>
    (await owner.post<{ id: string }>('/v1/api-keys', wish)).body.id;
  const old = await make({ name: 'import of last year', capabilities: ['run.read', 'backup.manage'] });
  await owner.post(`/v1/api-keys/${old}/revoke`, {});
  await make({ name: 'helpdesk portal', capabilities: ['run.read', 'run.cancel'], mayActFor: true });
  await make({ name: 'status page', capabilities: ['run.read', 'workspace.read'], expiresInDays: 3 });
  return make({
    name: 'nightly captures',
    capabilities: ['run.read', 'tenant.read', 'connection.read', 'run.start.snapshot_capture'],
    expiresInDays: 90,
  });
}

/** Invites somebody to one tenant. */
export async function makeInvitation(owner: RestClient, tenantId: number): Promise<void> {
  await owner.post('/v1/invitations', { email: 'ada@example.org', role: 'operator', tenants: [tenantId] });
}

async function listed<T>(client: RestClient, query: string): Promise<readonly T[]> {
  return (await client.get<{ items: T[] }>(query)).items;
}

/** The id of the first thing a list answers. */
export async function firstId(client: RestClient, query: string): Promise<number> {
  const [first] = await listed<{ id: number }>(client, query);
  if (first === undefined) throw new Error(`There is nothing at ${query}.`);
  return first.id;
}
