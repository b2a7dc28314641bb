import type { Person } from '@signalbox/domain/access/principal';
import { makeApiKey, type TestApiKey } from '@signalbox/testing/fixtures/api-key';
import { makeTenant, makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinAs } from '../support/join-as.ts';
import { hinted, type LiveReader, openLive } from '../support/live-reader.ts';
import { playRun, playToEnd } from '../support/play-worker.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let owner: Person;
let operator: Person;
let acting: TestApiKey;
const opened: LiveReader[] = [];

beforeAll(async () => {
  api = await startTestApi({ live: { pollMs: 100, recheckMs: 200 } });
  ({ owner, operator } = api.workspace.members);
  acting = await makeApiKey(api.db, owner, { mayActFor: true });
});
afterAll(async () => {
  for (const reader of opened) reader.cut();
  await api.close();
});

/** A new member who has been told nothing. */
const somebody = (tenants?: readonly number[]) =>
  joinAs(api, owner, { role: 'operator', ...(tenants !== undefined && { tenants }) });
const freshTenant = async () => (await makeTenant(api.db, api.workspace.id)).tenantId;
async function start(call: Pick<Call, 'as' | 'key' | 'headers'>, tenantId?: number): Promise<number> {
  const body = { operation: 'snapshot_capture', tenantId: tenantId ?? (await freshTenant()) };
  const made = await api.call('/v1/runs', { method: 'POST', ...call, body });
  return made.body.run.id;
}
const end = (runId: number, failed = 0) =>
  playToEnd(api.db, { workspaceId: api.workspace.id, runId }, { total: 2, failed });
const post = (path: string, call: Omit<Call, 'method'>) => api.call(path, { method: 'POST', ...call });
const list = async (as: Person, query = '') => (await api.call(`/v1/notifications${query}`, { as })).body;
const runsOf = (answer: { items: { run: { id: number } }[] }) => answer.items.map(({ run }) => run.id);

describe('who is told', () => {
  it('is the person who started the run, with what became of it and what to do next', async () => {
    const person = await somebody();
    const runId = await start({ as: person });
    expect(await list(person)).toEqual({ items: [], nextCursor: null, unread: 0 });
    await end(runId, 1);
    const { items, unread } = await list(person);
    expect(unread).toBe(1);
    expect(items).toEqual([
      expect.objectContaining({
        run: expect.objectContaining({ id: runId, operation: 'snapshot_capture', status: 'partial' }),
        reason: expect.objectContaining({ code: 'items_failed' }),
        href: `/w/${api.workspace.id}/runs/${runId}`,
      }),
    ]);
    expect(items[0].readAt).toBeUndefined();
    expect(items[0].nextSteps.map(({ code }: { code: string }) => code)).toContain('retry_failed_items');
    for (const other of [owner, operator]) expect(runsOf(await list(other))).not.toContain(runId);
  });

  it('is the person a key acted for, and nobody where the key acted for itself', async () => {
    const person = await somebody();
    const mine = await start({ key: acting.text, headers: { 'x-user-id': person.username } });
    const its = await start({ key: acting.text });
    for (const runId of [mine, its]) await end(runId);
    expect(runsOf(await list(person))).toEqual([mine]);
    expect(runsOf(await list(owner))).not.toContain(its);
    const asked = { key: acting.text, headers: { 'x-user-id': person.username } };
    for (const call of [asked, { key: acting.text }]) {
      const { status, body } = await api.call('/v1/notifications', call);
      expect([status, body.code]).toEqual([403, 'person_required']);
    }
  });

  it('is told also when somebody else cancels the run before it began', async () => {
    const person = await somebody();
    const runId = await start({ as: person });
    await post(`/v1/runs/${runId}/cancel`, { as: owner, body: { reason: 'not tonight' } });
    const { items } = await list(person);
    expect(items).toMatchObject([{ run: { id: runId, status: 'cancelled' }, reason: { code: 'cancelled' } }]);
    expect(runsOf(await list(owner))).not.toContain(runId);
  });

  it('is told nothing more of a tenant that was taken from them', async () => {
    const [kept, taken] = [await freshTenant(), await freshTenant()];
    const person = await somebody([kept, taken]);
    const [seen, hidden] = [await start({ as: person }, kept), await start({ as: person }, taken)];
    for (const runId of [seen, hidden]) await end(runId);
    expect(await list(person)).toMatchObject({ unread: 2 });
    const hiddenId = (await list(person)).items[0].id;
    const body = { tenants: [kept] };
    await api.call(`/v1/members/${person.userId}`, { method: 'PATCH', as: owner, body });
    expect(runsOf(await list(person))).toEqual([seen]);
    expect(await list(person)).toMatchObject({ unread: 1 });
    expect((await post(`/v1/notifications/${hiddenId}/read`, { as: person })).status).toBe(404);
  });
});

describe('reading', () => {
  it('marks one once, and what others were told is nothing', async () => {
    const person = await somebody();
    const runId = await start({ as: person });
    await end(runId);
    const [{ id }] = (await list(person)).items;
    const stranger = await post(`/v1/notifications/${id}/read`, { as: owner });
    const unknown = await post('/v1/notifications/2000000000/read', { as: owner });
    expect([stranger.status, unknown.status]).toEqual([404, 404]);
    expect(await list(person, '?only=unread')).toMatchObject({ unread: 1 });
    const first = await post(`/v1/notifications/${id}/read`, { as: person });
    const again = await post(`/v1/notifications/${id}/read`, { as: person });
    expect(first.body.readAt).toBeDefined();
    expect(again.body.readAt).toBe(first.body.readAt);
    expect(await list(person, '?only=unread')).toEqual({ items: [], nextCursor: null, unread: 0 });
    expect(runsOf(await list(person, `?runId=${runId}`))).toEqual([runId]);
  });

  it('marks all that were seen, and leaves what arrived meanwhile unread', async () => {
    const person = await somebody();
    const runs = [];
    for (let each = 0; each < 4; each++) runs.unshift(await start({ as: person }));
    for (const runId of [...runs].reverse().slice(0, 3)) await end(runId);
    const firstPage = await list(person, '?limit=2');
    expect(runsOf(firstPage)).toEqual(runs.slice(1, 3));
    expect(runsOf(await list(person, `?limit=2&cursor=${firstPage.nextCursor}`))).toEqual([runs[3]]);
    const upTo = firstPage.items[0].id;
    await end(runs[0] ?? 0);
    const all = await post('/v1/notifications/read-all', { as: person, body: { upTo } });
    expect(all.body).toEqual({ read: 3, unread: 1 });
    expect(runsOf(await list(person, '?only=unread'))).toEqual([runs[0]]);
    // Nobody marks what others were told.
    const before = (await list(owner)).unread;
    await post('/v1/notifications/read-all', { as: person, body: { upTo: 2_147_483_647 } });
    expect((await list(owner)).unread).toBe(before);
  });

  it.each([
    ['GET', '?only=read'],
    ['GET', '?limit=0'],
    ['GET', '?limit=201'],
    ['GET', '?runId=-1'],
    ['GET', '?cursor=made.up'],
    ['GET', '?unread=true'],
    ['POST', '/read-all', {}],
    ['POST', '/read-all', { upTo: 0 }],
    ['POST', '/read-all', { upTo: '1' }],
    ['POST', '/read-all', { upTo: 2_147_483_648 }],
    ['POST', '/read-all', { upTo: 1, of: 'everybody' }],
    ['POST', '/read-all', [1]],
  ] as const)('%s %s %j is refused as malformed', async (method, path, body?: unknown) => {
    const { status } = await api.call(`/v1/notifications${path}`, { method, as: operator, body });
    expect(status).toBe(400);
  });
});

describe('an open console', () => {
  const live = async (as: Person) => {
    const reader = await openLive(api, as);
    opened.push(reader);
    await reader.until('the greeting', (received) => received.length > 0);
    return reader;
  };
  const tellings = (reader: LiveReader) =>
    reader.received.flatMap(({ event }) => (event.kind === 'notification' ? [event.runId] : []));

  it('hears at once that a run of its person has ended, and no other console does', async () => {
    const other = await makeWorkspace(api.db);
    const person = await somebody();
    const [mine, twin] = [await live(person), await live(person)];
    const others = [await live(owner), await live(operator), await live(other.members.owner)];
    const runId = await start({ as: person });
    const played = await playRun(api.db, api.workspace.id, runId);
    await played.write({ entries: [{ kind: 'log', level: 'info', step: null, text: 'at it' }] });
    await mine.until('a hint of the run', () => hinted(mine.received).includes(runId));
    expect(tellings(mine)).toEqual([]);
    await played.write({ end: { kind: 'finish', result: { kind: 'done' }, output: null } });
    for (const reader of [mine, twin]) {
      await waitUntil('the notification', () => tellings(reader).includes(runId));
    }
    const [{ id }] = (await list(person)).items;
    const told = mine.received.map(({ event }) => event).filter(({ kind }) => kind === 'notification');
    expect(new Set(told.map((event) => JSON.stringify(event)))).toEqual(
      new Set([JSON.stringify({ kind: 'notification', id, runId })]),
    );
    // Whoever sees the run hears of its end, and is told nothing.
    for (const reader of others.slice(0, 2)) {
      await reader.until('the end of the run', (received) =>
        received.some(({ event }) => event.kind === 'run' && event.id === runId && event.finishedAt),
      );
    }
    const marker = await start({ as: owner });
    for (const reader of others.slice(0, 2))
      await reader.until('what comes after', () => hinted(reader.received).includes(marker));
    for (const reader of others) expect(tellings(reader)).toEqual([]);
  });
});
