import { makeTenant } from '@signalbox/testing/fixtures/workspace';
import { withAdmin } from '@signalbox/testing/postgres/admin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playToEnd } from '../support/play-worker.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
/** Runs of tenants of their own: one partial, one cancelled, one that waits. */
const runs: Record<'partial' | 'cancelled' | 'waiting', { id: number; uid: string; codename: string }> =
  {} as never;

const read = (path: string) => api.call(path, { as: api.workspace.members.viewer });
const ids = async (query: string): Promise<number[]> => {
  const answer = await read(`/v1/runs?${query}`);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body.items.map(({ id }: { id: number }) => id);
};

beforeAll(async () => {
  api = await startTestApi();
  const as = api.workspace.members.operator;
  for (const name of ['partial', 'cancelled', 'waiting'] as const) {
    const { tenantId } = await makeTenant(api.db, api.workspace.id);
    const body = { operation: 'snapshot_capture', tenantId };
    runs[name] = (await api.call('/v1/runs', { method: 'POST', as, body })).body.run;
  }
  const place = { workspaceId: api.workspace.id, runId: runs.partial.id };
  await playToEnd(api.db, place, { total: 4, failed: 2 });
  await api.call(`/v1/runs/${runs.cancelled.id}/cancel`, { method: 'POST', as, body: {} });
});
afterAll(() => api.close());

describe('a filter', () => {
  it('finds runs by the reason the list shows for them', async () => {
    const { items } = (await read('/v1/runs')).body;
    for (const { id, reasonCode } of items) expect(await ids(`reason=${reasonCode}`)).toEqual([id]);
    expect(items.map(({ reasonCode }: { reasonCode: string }) => reasonCode).sort()).toEqual([
      'cancelled',
      'items_failed',
      'waiting_for_worker',
    ]);
    expect(await ids('reason=scope_busy')).toEqual([]);
  });

  it('finds runs by when they ended, and none that has not', async () => {
    expect(await ids('endedAfter=2020-01-01T00:00:00Z')).toEqual([runs.cancelled.id, runs.partial.id]);
    expect(await ids('endedBefore=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await ids('endedAfter=2100-01-01T00:00:00Z')).toEqual([]);
  });

  it('finds one run by its id, its uid or its codename, and takes no part of them', async () => {
    const { id, uid, codename } = runs.waiting;
    for (const q of [`${id}`, `%23${id}`, uid, uid.toUpperCase()]) expect(await ids(`q=${q}`)).toEqual([id]);
    expect(await ids(`q=${codename.toUpperCase()}`)).toContain(id);
    for (const q of ['99999999999', codename.slice(0, -1), '%25', uid.slice(0, 8)]) {
      expect(await ids(`q=${q}`)).toEqual([]);
    }
  });

  it('names the operations there are when it is asked for one there is not', async () => {
    const answer = await read('/v1/runs?operation=restore_execut');
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].pointer).toMatch(/^\/operation/);
    expect(answer.body.errors[0].detail).toContain('restore_execute');
  });

  it.each([
    'reason=nonsense',
    'reason=__proto__',
    'endedAfter=now',
    'endedBefore=2020',
    'q=',
    'q=%00',
    'operation=restore_execute,x',
    'estimate=1',
  ])('refuses %s, in the list and in the counts', async (query) => {
    expect((await read(`/v1/runs?${query}`)).status).toBe(400);
    expect((await read(`/v1/runs/counts?${query}`)).status).toBe(400);
  });
});

describe('the counts', () => {
  it('agree with the list, status by status, and leave the status out of its own facet', async () => {
    const { statuses, total } = (await read('/v1/runs/counts?status=partial')).body;
    const found = statuses.filter(({ count }: { count: number }) => count > 0);
    expect(found).toEqual([
      { status: 'queued', count: 1, more: false },
      { status: 'partial', count: 1, more: false },
      { status: 'cancelled', count: 1, more: false },
    ]);
    expect(total).toEqual({ count: (await ids('status=partial')).length, exact: true });
  });

  it('stop at a hundred of a status, and estimate what is beyond a thousand', async () => {
    await withAdmin(api.databaseUrl, async (sql) => {
      await sql`insert into runs (workspace_id, uid, operation, status, input, initiator_kind, initiator_name,
          codename, tags, finished_at)
        select ${api.workspace.id}, gen_random_uuid(), 'snapshot_capture', 'succeeded', '{}', 'user', 'bulk', 'calm-arch',
          '{many}', now() from generate_series(1, 1500)`;
      await sql`analyze runs`;
    });
    const { statuses, total } = (await read('/v1/runs/counts?tag=many')).body;
    expect(statuses).toContainEqual({ status: 'succeeded', count: 100, more: true });
    expect(total.exact).toBe(false);
    expect(total.count).toBeGreaterThan(1_000);
    expect(total.count).toBeLessThan(3_000);
  });

  it('count nothing an outsider may not see', async () => {
    const narrow = { ...api.workspace.members.viewer };
    await withAdmin(
      api.databaseUrl,
      (sql) => sql`update members set all_tenants = false where user_id = ${narrow.userId}`,
    );
    const { statuses } = (
      await read(`/v1/runs/counts?initiatedBy=${api.workspace.members.operator.username}`)
    ).body;
    expect(statuses.every(({ count }: { count: number }) => count === 0)).toBe(true);
  });
});

describe('the way back', () => {
  it('leads through the same pages as the way on, whatever starts meanwhile', async () => {
    const as = api.workspace.members.owner;
    const page = async (query: string) => (await api.call(`/v1/runs?limit=7&tag=many${query}`, { as })).body;
    const list = (body: { items: { id: number }[] }) => body.items.map(({ id }) => id);
    const first = await page('');
    expect(first.previousCursor).toBeNull();
    const second = await page(`&cursor=${first.nextCursor}`);
    const third = await page(`&cursor=${second.nextCursor}`);
    const backToSecond = await page(`&cursor=${third.previousCursor}`);
    expect(list(backToSecond)).toEqual(list(second));
    const backToFirst = await page(`&cursor=${backToSecond.previousCursor}`);
    expect(list(backToFirst)).toEqual(list(first));
    expect(backToFirst.previousCursor).toBeNull();
    const on = await page(`&cursor=${backToFirst.nextCursor}`);
    expect(list(on)).toEqual(list(second));
  });
});
