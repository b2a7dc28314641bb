import { sealAll } from '@signalbox/db/commands/observability/seal-audit';
import { listAudit } from '@signalbox/db/queries/observability/list-audit';
import { verifyExport } from '@signalbox/db/queries/observability/verify-export';
import type { Person } from '@signalbox/domain/access/principal';
import { makeTenant, makeWorkspace, type TestTenant } from '@signalbox/testing/fixtures/workspace';
import { openAdmin } from '@signalbox/testing/postgres/admin';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinAs } from '../support/join-as.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let admin: ReturnType<typeof openAdmin>;
let manager: Person;
let narrow: Person;
let hidden: TestTenant;
let ourRun: number;
let hiddenRun: number;

interface Entry {
  readonly id: number;
  readonly action: string;
  readonly about: string;
  readonly actor: { readonly name: string };
  readonly object: { readonly kind: string; readonly id: string };
  readonly run?: { readonly id: number };
  readonly details: object;
  readonly requestId?: string;
  readonly at: string;
}

const list = async (query = '', as: Person = manager): Promise<Entry[]> => {
  const { status, text, body } = await api.call(`/v1/audit${query}`, { as });
  if (status !== 200) throw new Error(text);
  return body.items;
};

async function start(tenantId: number): Promise<number> {
  const body = { operation: 'snapshot_capture', tenantId };
  const made = await api.call('/v1/runs', { method: 'POST', as: api.workspace.members.operator, body });
  return made.body.run.id;
}

beforeAll(async () => {
  api = await startTestApi();
  admin = openAdmin(api.databaseUrl);
  manager = api.workspace.members.manager;
  hidden = await makeTenant(api.db, api.workspace.id, { externalId: 'hiddenplace' });
  ourRun = await start(api.tenant.tenantId);
  hiddenRun = await start(hidden.tenantId);
  narrow = await joinAs(api, api.workspace.members.owner, {
    role: 'manager',
    tenants: [api.tenant.tenantId],
  });
}, 30_000);
afterAll(async () => {
  await admin.end({ timeout: 5 });
  await api.close();
});

/** Whether everything written so far is under a seal. */
const allSealed = (): Promise<unknown> =>
  waitUntil('everything to be sealed', async () => {
    await sealAll(api.db);
    return (await api.call('/v1/audit/verify', { as: manager })).body.unsealed === 0;
  });

const paths = ['/v1/audit', '/v1/audit/verify', '/v1/audit/head', '/v1/audit/export'];

describe('who may ask', () => {
  it.each(paths)('%s answers 401, 404, 403 and 400 in this order', async (path) => {
    const { viewer } = api.workspace.members;
    const headers = { 'x-workspace-id': 'ws-no-such' };
    expect((await api.call(`${path}?nonsense=1`, { headers })).status).toBe(401);
    expect((await api.call(`${path}?nonsense=1`, { as: viewer, headers })).status).toBe(404);
    const forbidden = await api.call(`${path}?nonsense=1`, { as: viewer });
    expect(forbidden.status).toBe(403);
    expect(forbidden.body).toMatchObject({ code: 'forbidden', capability: 'audit.read' });
    expect((await api.call(`${path}?nonsense=1`, { as: manager })).status).toBe(400);
    expect((await api.call(path, { as: manager })).status).toBe(200);
    expect((await api.call(path, { method: 'POST', as: manager })).status).toBe(405);
  });

  it('the whole log is not exported to somebody who sees some tenants only', async () => {
    const refused = await api.call('/v1/audit/export', { as: narrow });
    expect(refused.status).toBe(403);
    expect(refused.body.code).toBe('all_tenants_required');
    expect(refused.text).not.toContain('hiddenplace');
  });

  it('a foreign workspace cannot be named beside the query, and two names must agree', async () => {
    await makeWorkspace(api.db, 'ws-other');
    const path = (id: string) => `/v1/audit/export?workspaceId=${id}`;
    expect((await api.call(path('ws-other'), { as: manager })).status).toBe(404);
    expect((await api.call(path('ws-default'), { as: manager })).status).toBe(200);
    const headers = { 'x-workspace-id': 'ws-default' };
    expect((await api.call(path('ws-other'), { as: manager, headers })).status).toBe(400);
    expect((await api.call(`${path('ws-default')}&workspaceId=x`, { as: manager })).status).toBe(400);
  });
});

describe('the list', () => {
  it('tells who did what to which thing, newest first, by pages without a gap', async () => {
    const all = await list('?limit=200');
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => b - a));
    const started = all.find(({ run }) => run?.id === ourRun);
    expect(started).toMatchObject({
      action: 'run.created',
      about: 'Capture policies on contoso',
      actor: { kind: 'user', name: api.workspace.members.operator.username },
    });
    const paged: Entry[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await api.call(`/v1/audit?limit=3${query}`, { as: manager });
      paged.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(paged.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  });

  it('is narrowed by actor, action, object, run, request and time', async () => {
    const all = await list('?limit=200');
    const run = all.find((entry) => entry.run?.id === ourRun);
    const { username } = api.workspace.members.operator;
    const cases: [string, (entry: Entry) => boolean][] = [
      [`actor=${username}`, ({ actor }) => actor.name === username],
      ['action=tenant.created', ({ action }) => action === 'tenant.created'],
      [
        `objectKind=tenant&objectId=${hidden.tenantId}`,
        ({ object }) => object.kind === 'tenant' && object.id === String(hidden.tenantId),
      ],
      [`runId=${ourRun}`, (entry) => entry.run?.id === ourRun],
      [`requestId=${run?.requestId}`, ({ requestId }) => requestId === run?.requestId],
      [`from=${run?.at}`, ({ at }) => at >= (run?.at ?? '')],
      [`to=${run?.at}`, ({ at }) => at < (run?.at ?? '')],
      ['action=run.painted', () => false],
    ];
    for (const [query, wanted] of cases) {
      const found = await list(`?limit=200&${query}`);
      expect(
        found.map(({ id }) => id),
        query,
      ).toEqual(all.filter(wanted).map(({ id }) => id));
      if (!query.endsWith('painted')) expect(found.length, query).toBeGreaterThan(0);
    }
  });

  it('says nothing of tenants the caller is not entitled to, whatever is asked', async () => {
    const about = await list('?limit=200', narrow);
    expect(JSON.stringify(about)).not.toContain('hiddenplace');
    expect(about.some(({ run }) => run?.id === hiddenRun)).toBe(false);
    expect(about.some(({ run }) => run?.id === ourRun)).toBe(true);
    for (const query of [`runId=${hiddenRun}`, `objectKind=tenant&objectId=${hidden.tenantId}`]) {
      expect(await list(`?${query}`, narrow), query).toEqual([]);
      expect((await list(`?${query}`)).length, query).toBeGreaterThan(0);
    }
    // Who came in is no secret; to which tenants may be one.
    const joined = about.find(({ action }) => action === 'member.joined');
    expect(joined?.details).toEqual({});
  });

  it('looks through a long log a part at a time, and says how far it has come', async () => {
    const { principal, ask } = {
      principal: manager,
      ask: { filter: { action: 'workspace.created' }, limit: 10, window: 4 },
    };
    const found: string[] = [];
    let parts = 0;
    for (let below: number | null = null; parts === 0 || below !== null; parts += 1) {
      const part = await api.db.inWorkspace(api.workspace.id, (tx) =>
        listAudit(tx, principal, { ...ask, below }),
      );
      expect(part.lookedBackTo === null).toBe(part.below === null);
      found.push(...part.entries.map(({ action }) => action));
      below = part.below;
    }
    expect(found).toEqual(['workspace.created']);
    expect(parts).toBeGreaterThan(1);
  });

  it.each([
    ...[
      'limit=0',
      'limit=1001',
      'limit=',
      'limit=1e1',
      'limit=1&limit=2',
      'cursor=abc',
      'cursor=a.b',
      'from=x',
    ],
    ...[
      'from=2026-13-01T00:00:00Z',
      'to=99999-01-01T00:00:00Z',
      'runId=0',
      'runId=1;drop',
      'action=',
      'actor=%00',
    ],
    ...[`requestId=${'x'.repeat(101)}`, 'tenantId=1', 'objectId=', '__proto__=1'],
  ])('%s is 400', async (query) => {
    expect((await api.call(`/v1/audit?${query}`, { as: manager })).status).toBe(400);
  });

  it('a cursor of another workspace or another list is refused', async () => {
    const { body } = await api.call('/v1/audit?limit=1', { as: manager });
    const other = await makeWorkspace(api.db, 'ws-cursor');
    const headers = { 'x-workspace-id': other.id };
    const path = `?cursor=${body.nextCursor}`;
    expect((await api.call(`/v1/audit${path}`, { as: other.members.owner, headers })).status).toBe(400);
    expect((await api.call(`/v1/audit/verify${path}`, { as: manager })).status).toBe(400);
  });
});

describe('verify, head and export', () => {
  it('an untouched log is intact, its head is the newest seal, and its export checks by itself', async () => {
    await allSealed();
    const { body: verdict } = await api.call('/v1/audit/verify', { as: narrow });
    expect(verdict).toMatchObject({ outcome: 'intact', unsealed: 0, nextCursor: null });
    const { body } = await api.call('/v1/audit/head', { as: manager });
    expect(body.head).toEqual({ ...verdict.head, entries: verdict.entries });

    const answer = await api.call('/v1/audit/export', { as: manager });
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="audit-ws-default.ndjson"');
    async function* lines() {
      yield* answer.text.trimEnd().split('\n');
    }
    expect(await verifyExport(lines(), body.head)).toMatchObject({
      ...{ fault: null, unreadable: null, entries: verdict.entries, seals: verdict.seals },
    });
  });

  it('a changed entry is named, in words, without what it says', async () => {
    await allSealed();
    const [entry] = await list(`?runId=${hiddenRun}`);
    await admin`update audit_entries set actor_name = 'eve' where id = ${entry?.id ?? 0}`;
    const { body } = await api.call('/v1/audit/verify', { as: narrow });
    expect(body).toMatchObject({ outcome: 'broken', fault: { kind: 'entry_changed', entryId: entry?.id } });
    expect(body.fault.message).toMatch(/^Entry \d+ was changed after seal \d+ had been put on it\.$/);
    await admin`update audit_entries set actor_name = ${entry?.actor.name ?? ''} where id = ${entry?.id ?? 0}`;
    expect((await api.call('/v1/audit/verify', { as: manager })).body.outcome).toBe('intact');
  });

  it('a head that was kept is compared, and half of one is refused', async () => {
    await allSealed();
    const { head } = (await api.call('/v1/audit/head', { as: manager })).body;
    const ask = (number: number, digest: string) =>
      api.call(`/v1/audit/verify?headNumber=${number}&headDigest=${digest}`, { as: manager });
    expect((await ask(head.number, head.digest)).body.outcome).toBe('intact');
    expect((await ask(head.number + 1, head.digest)).body.fault.kind).toBe('cut_off');
    expect((await ask(head.number, '0'.repeat(64))).body.fault.kind).toBe('head_differs');
    for (const query of ['headNumber=1', `headDigest=${head.digest}`, 'headNumber=1&headDigest=zz']) {
      expect((await api.call(`/v1/audit/verify?${query}`, { as: manager })).status, query).toBe(400);
    }
  });

  it('a workspace where nothing is sealed has no head, and is intact', async () => {
    const other = await makeWorkspace(api.db, 'ws-fresh');
    const ask = { as: other.members.owner, headers: { 'x-workspace-id': other.id } };
    expect((await api.call('/v1/audit/head', ask)).body).toEqual({ head: null });
    const { body } = await api.call('/v1/audit/verify', ask);
    expect(body).toMatchObject({ outcome: 'intact', entries: 0, seals: 0, head: null });
    expect(body.unsealed).toBeGreaterThan(0);
  });
});
