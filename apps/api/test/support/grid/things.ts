import { randomUUID } from 'node:crypto';
import { addBackupItems } from '@signalbox/db/commands/backup/add-backup-items';
import { capturePolicies } from '@signalbox/db/commands/backup/capture-policies';
import { savePreview } from '@signalbox/db/commands/backup/save-preview';
import { keepComplianceSnapshot } from '@signalbox/db/commands/inventory/keep-compliance-snapshot';
import { keepGroups } from '@signalbox/db/commands/inventory/keep-groups';
import { keepRoleDefinitions } from '@signalbox/db/commands/inventory/keep-role-definitions';
import { connections } from '@signalbox/db/schema/inventory';
import { notifications } from '@signalbox/db/schema/notification';
import { onboardingSessions } from '@signalbox/db/schema/onboarding';
import { planItems, plans } from '@signalbox/db/schema/plan';
import type { Person } from '@signalbox/domain/access/principal';
import { makeServerConnection, makeUser, type TestTenant } from '@signalbox/testing/fixtures/workspace';
import { joinAs } from '../join-as.ts';
import { playToEnd } from '../play-worker.ts';
import type { TestApi } from '../test-api.ts';
import type { Things } from './kinds.ts';

/** Where things are made and by whom. */
export interface Place {
  readonly workspaceId: string;
  readonly tenant: TestTenant;
  readonly owner: Person;
  /** A word in every name and text that is made here. */
  readonly mark: string;
}

/** Makes one of each thing, the way a person would wherever there is a way. */
export async function makeThings(api: TestApi, { workspaceId, tenant, owner, mark }: Place): Promise<Things> {
  const headers = { 'x-workspace-id': workspaceId };
  const post = async (path: string, body: object) => {
    const { status, text, body: answer } = await api.call(path, { method: 'POST', as: owner, headers, body });
    if (status >= 300) throw new Error(`POST ${path} was answered ${status}: ${text}`);
    return answer;
  };
  const { tenantId, connectionId, externalId } = tenant;
  const set = (await post('/v1/backup-sets', { tenantId, name: `set ${mark}` })).id;
  const { run } = await post('/v1/runs', { operation: 'snapshot_capture', tenantId });
  const place = { workspaceId, runId: run.id };
  const item = await api.db.inWorkspace(workspaceId, async (tx) => {
    const policy = {
      externalId: `policy-${mark}`,
      kind: 'deviceConfiguration',
      name: `policy ${mark}`,
      payload: { note: mark },
      assignments: [],
      scopeTags: [],
      hash: `hash-${mark}`,
    };
    // Nobody names these, but lists of them must not show them to others.
    const seenNow = { tenantId, seenAt: new Date().toISOString() };
    const seenOne = { externalId: `seen-${mark}`, name: `seen ${mark}`, description: null };
    await keepGroups(tx, seenNow, [{ ...seenOne, described: true, details: {} }]);
    const role = { ...seenOne, builtIn: false, permissions: [`allowed/${mark}`] };
    await keepRoleDefinitions(tx, { ...seenNow, source: 'entra' }, [role]);
    await keepComplianceSnapshot(tx, { tenantId, runId: run.id, devices: 1, states: { [mark]: 1 } });
    const versions = await capturePolicies(tx, { tenantId, runId: run.id }, [policy]);
    const ids = versions.map(({ versionId }) => versionId);
    await addBackupItems(tx, { setId: set, runId: run.id }, ids);
    return ids.length;
  });
  if (item === 0) throw new Error('No policy was captured.');
  await playToEnd(api.db, place, { total: 2, failed: 1 });
  const items = await api.call(`/v1/backup-sets/${set}/items`, { as: owner, headers });
  const preview = (
    await post('/v1/runs', { operation: 'restore_preview', tenantId, input: { backupSetId: set } })
  ).run;
  await api.db.inWorkspace(workspaceId, (tx) => savePreview(tx, { runId: preview.id, setId: set }, []));
  await playToEnd(api.db, { workspaceId, runId: preview.id }, { total: 1, failed: 0 });
  const bulk = await post('/v1/bulk-actions', {
    action: 'replay',
    selection: { runIds: [run.id] },
    reason: `because ${mark}`,
  });
  const [onboarding] = await api.db.inWorkspace(workspaceId, (tx) =>
    tx.query
      .insert(onboardingSessions)
      .values({ workspaceId, tenantId, connectionId, status: 'in_progress', createdBy: `by ${mark}` })
      .returning({ id: onboardingSessions.id }),
  );
  const invited = await post('/v1/invitations', { email: `${mark}@example.org`, role: 'viewer' });
  const key = await post('/v1/api-keys', { name: `key ${mark}`, capabilities: ['run.read'] });
  const guest = await makeUser(api.db, mark);
  const member = await joinAs(api, owner, {
    role: 'viewer',
    workspaceId,
    person: { ...guest, workspaceId, role: 'viewer', tenants: 'all' },
  });
  return {
    run: run.id,
    runUid: run.uid,
    preview: preview.id,
    previewUid: preview.uid,
    tenant: tenantId,
    externalId,
    connection: connectionId,
    set,
    item: items.body.items[0].id,
    onboarding: onboarding?.id ?? 0,
    bulk: bulk.id,
    batch: await makeBatch(api, workspaceId, mark),
    ...(await makeInfra(api, { workspaceId, owner, mark }, post)),
    member: member.userId,
    invitation: invited.invitation.id,
    key: key.id,
    workspace: workspaceId,
    ...(await makeOwn(api, owner, { workspaceId, mark, runId: run.id })),
  };
}

/** A batch that waits for a worker. */
async function makeBatch(api: TestApi, workspaceId: string, mark: string): Promise<string> {
  const uid = randomUUID();
  await api.db.inWorkspace(workspaceId, async ({ query }) => {
    const facts = { kind: 'batch', name: `batch ${mark}`, parallelLimit: 1, rollbackEnabled: false } as const;
    const selection = { version: '1.0.0', storageBackend: 'filesystem' };
    const [plan] = await query
      .insert(plans)
      .values({ workspaceId, uid, ...facts, selection, initiatorName: `by ${mark}` })
      .returning({ id: plans.id });
    const work = { operation: 'create_servers', input: { infra: mark, provider: 'local', servers: [] } };
    const place = { workspaceId, planId: plan?.id ?? 0, key: `operation ${mark}`, position: 1 };
    await query.insert(planItems).values({ ...place, ...work });
  });
  return uid;
}

/** An infra, a task of it that has ended, and a checkpoint after that. */
async function makeInfra(
  api: TestApi,
  { workspaceId, owner, mark }: Omit<Place, 'tenant'>,
  post: (path: string, body: object) => Promise<{ readonly data: string }>,
): Promise<Pick<Things, 'infra' | 'task' | 'checkpoint'>> {
  const headers = { 'x-workspace-id': workspaceId };
  const known = await api.db.inWorkspace(workspaceId, ({ query }) =>
    query.select({ provider: connections.provider }).from(connections),
  );
  if (!known.some(({ provider }) => provider === 'local'))
    await makeServerConnection(api.db, workspaceId, { provider: 'local' });
  const infra = `infra-${mark}`;
  const server = '{ name = "web-01", plan = "small", zone = "local" }';
  await post('/v1/infras', { name: infra, settings: `provider = "local"\nserver_configs = [${server}]\n` });
  const task = (await post('/workflows/servers/create', { infra })).data;
  const run = await api.call('/v1/runs?limit=1', { as: owner, headers });
  await playToEnd(api.db, { workspaceId, runId: run.body.items[0].id }, { total: 1, failed: 0 });
  const checkpoint = (await post('/rollback/checkpoints', { name: `checkpoint ${mark}` })).data;
  return { infra, task, checkpoint };
}

/** What belongs to one person. */
export async function makeOwn(
  api: TestApi,
  person: Person,
  { workspaceId, mark, runId }: Pick<Place, 'workspaceId' | 'mark'> & { readonly runId: number },
): Promise<Pick<Things, 'view' | 'session' | 'notification'>> {
  const headers = { 'x-workspace-id': workspaceId };
  const body = { page: 'runs', name: `view ${mark}`, search: `?q=${mark}` };
  const view = await api.call('/v1/saved-views', { method: 'POST', as: person, headers, body });
  const sessions = await api.call('/v1/account/sessions', { as: person, headers });
  // Told as if they had started it: not everybody here may start a run.
  const [told] = await api.db.inWorkspace(workspaceId, (tx) =>
    tx.query
      .insert(notifications)
      .values({ workspaceId, userId: person.userId, runId })
      .onConflictDoUpdate({
        target: [notifications.workspaceId, notifications.userId, notifications.runId],
        set: { readAt: null },
      })
      .returning({ id: notifications.id }),
  );
  if (told === undefined) throw new Error('Nobody was told.');
  return { view: view.body.id, session: sessions.body.items[0].id, notification: told.id };
}
