import { waitUntil } from '@signalbox/testing/wait-until';
import { describe, expect, it } from 'vitest';
import { openOperationBench, type Place } from './support.ts';

const bench = await openOperationBench();
const { control, sql } = bench;

const operation = 'directory.groups.sync' as const;
const wishes = { input: { selectionKey: 'all_groups_v1' } };
const sync = (place: Place) => bench.run(place, operation, wishes);
const begin = (place: Place) => bench.start(place, operation, wishes);
/** What a demo tenant has. */
const contosoGroups = 4_200;

const total = async (place: Place) => {
  const [row] =
    await sql`select count(*)::int as n, count(*) filter (where removed_at is not null)::int as gone
    from groups where tenant_id = ${place.tenantId}`;
  return row;
};
const group = async (place: Place, id: string) =>
  (await sql`select * from groups where tenant_id = ${place.tenantId} and external_id = ${id}`)[0];
const someIds = async (place: Place, count: number): Promise<string[]> =>
  (
    await sql`select external_id from groups where tenant_id = ${place.tenantId} and removed_at is null
    order by external_id limit ${count}`
  ).map((row) => String(row.external_id));
const state = async (place: Place) =>
  (await sql`select * from sync_states where connection_id = ${place.connectionId}`)[0];
const evidence = (runId: unknown) =>
  sql`select task_type, status, reason, message, payload from evidence where run_id = ${Number(runId)}`;
const steps = async (runId: number) =>
  (await sql`select name, state, attempt from run_steps where run_id = ${runId} order by position`).map(
    (row) => row,
  );

describe('a sync of groups', () => {
  it('reads several thousand groups over many pages, one of them empty, and counts each once', async () => {
    await bench.worker();
    const place = await bench.place('contoso');
    const run = await sync(place);
    const counts = { total: contosoGroups, succeeded: contosoGroups, failed: 0, skipped: 0 };
    expect(run).toMatchObject({ status: 'succeeded', ...counts });
    const output = {
      ...{ mode: 'full', pages: 6, seen: contosoGroups, added: contosoGroups },
      ...{ changed: 0, unchanged: 0, removed: 0, purged: 0 },
    };
    expect(run.output).toEqual(output);
    expect(await total(place)).toEqual({ n: contosoGroups, gone: 0 });
    expect(await bench.items(Number(run.id))).toEqual([]);
    const [id = ''] = await someIds(place, 1);
    expect(await group(place, id)).toMatchObject({
      name: expect.stringMatching(/^\w+/),
      description: expect.any(String),
      details: { mailEnabled: expect.any(Boolean), groupTypes: expect.any(Array) },
    });
    // Before the end a run never looks as if all its work were done.
    const told = await sql`select data -> 'counts' as counts from run_events
      where run_id = ${run.id} and kind = 'progress' and data -> 'counts' is not null order by seq`;
    for (const { counts: now } of told.slice(0, -2))
      expect(now.succeeded < now.total || now.total === 0).toBe(true);
    expect(await evidence(run.id)).toEqual([
      {
        ...{ task_type: operation, status: 'ok', reason: null, payload: output },
        message: '4200 groups seen: 4200 added, 0 changed, 0 removed.',
      },
    ]);
    expect((await state(place))?.delta_link).toContain('/groups/delta?$deltatoken=');
    expect(await control.ledger()).toEqual([]);
  });

  it('then reads only what has changed: new, renamed and removed groups', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await sync(place);
    const [renamed = '', gone = '', back = ''] = await someIds(place, 3);
    const before = await group(place, renamed);
    const at = (id: string) => ({ tenant: 'adatum', id });
    await control.changeGroup('POST', at('brand-new'), { displayName: 'Brand new', groupTypes: [] });
    await control.changeGroup('PATCH', at(renamed), { displayName: 'Renamed' });
    await control.changeGroup('DELETE', at(gone));
    await control.changeGroup('DELETE', at(back));
    const second = await sync(place);
    expect(second.output).toMatchObject({
      mode: 'delta',
      seen: 4,
      added: 1,
      changed: 1,
      unchanged: 0,
      removed: 2,
    });
    expect(second).toMatchObject({ status: 'succeeded', total: 4, succeeded: 4 });
    // Of a changed group only the change is told; what was not told stays.
    expect(await group(place, renamed)).toMatchObject({
      ...{ name: 'Renamed', description: before?.description, details: before?.details, removed_at: null },
    });
    expect((await group(place, gone))?.removed_at).not.toBeNull();
    expect(await total(place)).toEqual({ n: 181, gone: 2 });

    await control.changeGroup('POST', at(back), { displayName: 'Back again', groupTypes: [] });
    const third = await sync(place);
    expect(third.output).toMatchObject({ mode: 'delta', seen: 1, added: 1, removed: 0 });
    expect(await group(place, back)).toMatchObject({ name: 'Back again', removed_at: null });
    const fourth = await sync(place);
    expect(fourth).toMatchObject({ status: 'succeeded', total: 0, output: { mode: 'delta', seen: 0 } });
  });

  it('loses no change that is made while it reads all groups', async () => {
    await bench.worker();
    const place = await bench.place('contoso');
    const slow = { method: 'GET', path: '/groups', query: '$skiptoken' };
    await control.addFault({ match: slow, skip: 1, times: 1, delayMs: 900 });
    const runId = await begin(place);
    await bench.reached(runId, 'all groups, page 3');
    const [first = ''] = await someIds(place, 1);
    await control.changeGroup('DELETE', { tenant: 'contoso', id: first });
    await control.changeGroup(
      'POST',
      { tenant: 'contoso', id: 'made-meanwhile' },
      { displayName: 'Meanwhile' },
    );
    await bench.ended(runId);
    expect((await group(place, first))?.removed_at).toBeNull();
    const next = await sync(place);
    expect(next.output).toMatchObject({ mode: 'delta', removed: 1 });
    expect((await group(place, first))?.removed_at).not.toBeNull();
    expect(await group(place, 'made-meanwhile')).toBeDefined();
  });

  it('reads all groups again in the same run when the provider has forgotten since when', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await sync(place);
    const [gone = ''] = await someIds(place, 1);
    await control.changeGroup('DELETE', { tenant: 'adatum', id: gone });
    await control.expireDeltaTokens('adatum');
    const run = await sync(place);
    expect(run).toMatchObject({ status: 'succeeded', total: 179, succeeded: 179, attempt: 1 });
    expect(run.output).toMatchObject({ mode: 'resync', seen: 179, added: 0, unchanged: 179, removed: 1 });
    expect((await group(place, gone))?.removed_at).not.toBeNull();
    expect(await bench.log(Number(run.id))).toContain('no longer knows since when to tell changes');
    expect((await sync(place)).output).toMatchObject({ mode: 'delta', seen: 0 });
  });

  it('finds out what is gone also when that was named among the changes right before they broke off', async () => {
    await bench.worker();
    await control.changeSettings({ pageSize: 2, emptyPages: false });
    const place = await bench.place('adatum');
    await sync(place);
    const ids = await someIds(place, 4);
    for (const id of ids)
      await control.changeGroup('PATCH', { tenant: 'adatum', id }, { displayName: `New ${id}` });
    const match = { path: '/groups/delta', query: '$skiptoken' };
    await control.addFault({ match, times: 1, delayMs: 700, status: 410, code: 'syncStateNotFound' });
    const runId = await begin(place);
    await bench.reached(runId, 'changes, page 2');
    await control.changeGroup('DELETE', { tenant: 'adatum', id: ids[0] ?? '' });
    const run = await bench.ended(runId);
    expect(run).toMatchObject({ status: 'succeeded', total: 179, succeeded: 179 });
    expect(run.output).toMatchObject({ mode: 'resync', seen: 179, changed: 4, unchanged: 177, removed: 1 });
    expect((await group(place, ids[0] ?? ''))?.removed_at).not.toBeNull();
  });

  it('counts a group once that is named on two pages', async () => {
    await bench.worker();
    await control.changeSettings({ pageSize: 2, emptyPages: false });
    const place = await bench.place('adatum');
    await sync(place);
    const ids = await someIds(place, 4);
    const rename = (id: string, displayName: string) =>
      control.changeGroup('PATCH', { tenant: 'adatum', id }, { displayName });
    for (const id of ids) await rename(id, `New ${id}`);
    await control.addFault({ match: { path: '/groups/delta', query: '$skiptoken' }, times: 1, delayMs: 500 });
    const runId = await begin(place);
    await bench.reached(runId, 'changes, page 2');
    // Both were told on the first page, and stand at the end of the changes again.
    const [unlike = '', gone = ''] = ids;
    await rename(unlike, 'Newer');
    await control.changeGroup('DELETE', { tenant: 'adatum', id: gone });
    const run = await bench.ended(runId);
    expect(run).toMatchObject({ status: 'succeeded', total: 4, succeeded: 4 });
    expect(run.output).toMatchObject({
      mode: 'delta',
      seen: 4,
      changed: 5,
      unchanged: 0,
      removed: 1,
      pages: 3,
    });
    expect(await group(place, unlike)).toMatchObject({ name: 'Newer', removed_at: null });
  });

  it('begins a listing anew when its place was lost, and gives up after the third time', async () => {
    await bench.worker();
    const place = await bench.place('contoso');
    const lost = {
      match: { path: '/groups', query: '$skiptoken' },
      status: 400,
      code: 'Directory_ExpiredPageToken',
    };
    await control.addFault({ ...lost, skip: 2, times: 1, delayMs: 500 });
    const runId = await begin(place);
    await bench.reached(runId, 'all groups, page 4');
    // Only the walk that is cut short saw it, so the next one finds that it has gone.
    const [gone = ''] = await someIds(place, 1);
    await control.changeGroup('DELETE', { tenant: 'contoso', id: gone });
    const run = await bench.ended(runId);
    const left = contosoGroups - 1;
    expect(run).toMatchObject({ status: 'succeeded', total: left, succeeded: left });
    expect(run.output).toMatchObject({ seen: left, added: contosoGroups, removed: 1 });
    expect(await total(place)).toEqual({ n: contosoGroups, gone: 1 });
    expect((await group(place, gone))?.removed_at).not.toBeNull();
    const other = await bench.place('contoso');
    await control.addFault({ ...lost, times: 3 });
    const failed = await sync(other);
    expect(failed).toMatchObject({
      status: 'failed',
      safe_error: { code: 'provider_unavailable' },
      attempt: 1,
    });
    expect(await evidence(failed.id)).toMatchObject([{ status: 'fail', reason: 'provider_unavailable' }]);
    expect((await total(other))?.gone).toBe(0);
  });

  it('drops what has been gone for 90 days, and nothing that is there', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await sync(place);
    const [old = '', young = '', there = ''] = await someIds(place, 3);
    const days = async (id: string, ago: number, removed: boolean) => sql`
      update groups set last_seen_at = now() - ${ago} * interval '1 day',
        removed_at = case when ${removed} then now() - interval '1 day' end
      where tenant_id = ${place.tenantId} and external_id = ${id}`;
    await days(old, 91, true);
    await days(young, 89, true);
    await days(there, 200, false);
    const run = await sync(place);
    expect(run.output).toMatchObject({ mode: 'delta', seen: 0, purged: 1 });
    expect(await group(place, old)).toBeUndefined();
    expect((await group(place, young))?.removed_at).not.toBeNull();
    // Not named among the changes, so it is still there, and that was seen now.
    expect(Date.now() - (await group(place, there))?.last_seen_at.getTime()).toBeLessThan(3_600_000);
    // A look at everything finds it out as well, and finds those again that only seemed to be gone.
    await sql`update groups set last_seen_at = now() - interval '100 days' where tenant_id = ${place.tenantId}`;
    await control.changeGroup('DELETE', { tenant: 'adatum', id: there });
    await control.expireDeltaTokens('adatum');
    const resync = await sync(place);
    expect(resync.output).toMatchObject({ mode: 'resync', seen: 179, removed: 1, purged: 1, added: 2 });
    expect(await group(place, there)).toBeUndefined();
    expect(await total(place)).toEqual({ n: 179, gone: 0 });
  });
});

describe('a sync of groups that is disturbed', () => {
  it('waits through a short throttle and a silent provider by itself', async () => {
    await bench.worker();
    const place = await bench.place('contoso');
    const match = { path: '/groups', query: '$skiptoken' };
    await control.addFault({ match, skip: 1, times: 1, status: 429 });
    await control.addFault({ match, skip: 2, times: 1, status: 503 });
    const run = await sync(place);
    expect(run).toMatchObject({ status: 'succeeded', succeeded: contosoGroups, attempt: 1, lease_epoch: 1 });
  });

  it('is tried again when the provider stays silent, and keeps as evidence what came of it in the end', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    await control.addFault({ match: { path: '/groups', query: '$top=999' }, times: 2, status: 503 });
    const run = await sync(place);
    expect(run).toMatchObject({ status: 'succeeded', attempt: 2, total: 180, succeeded: 180 });
    expect(await evidence(run.id)).toMatchObject([{ status: 'ok' }]);
  });

  it('goes back to the queue for a long throttle and goes on behind the pages it has kept', async () => {
    await bench.worker({ retry: { budgetMs: 0, attempts: 2, baseMs: 1, capMs: 20 } });
    const place = await bench.place('contoso');
    const match = { path: '/groups', query: '$skiptoken' };
    await control.addFault({ match, skip: 1, times: 1, status: 429, retryAfter: 1 });
    const runId = await begin(place);
    await waitUntil(
      'the run to wait',
      async () => (await sql`select wait_cause, total, succeeded from runs where id = ${runId}`)[0],
      { until: (row) => row?.wait_cause === 'throttled' },
    );
    const [waiting] = await sql`select total, succeeded from runs where id = ${runId}`;
    expect(waiting).toEqual({ total: contosoGroups, succeeded: 999 });
    // The scope stays held: no other sync of this tenant runs meanwhile.
    expect(await bench.answer(place, operation, wishes)).toMatchObject({ verdict: { kind: 'deduped' } });
    const run = await bench.ended(runId);
    expect(run).toMatchObject({ status: 'succeeded', attempt: 1, lease_epoch: 2 });
    expect(run).toMatchObject({ total: contosoGroups, succeeded: contosoGroups });
    expect(run.output).toMatchObject({ seen: contosoGroups, added: contosoGroups, unchanged: 0, pages: 6 });
    const pages = (await steps(runId)).filter(({ name }) => name.startsWith('all groups'));
    expect(pages.map(({ name }) => name)).toEqual(
      [1, 2, 3, 4, 5, 6].map((page) => `all groups, page ${page}`),
    );
    expect(await total(place)).toEqual({ n: contosoGroups, gone: 0 });
  });

  it('takes nothing for gone and keeps no link before it has seen everything', async () => {
    await bench.worker();
    const place = await bench.place('contoso');
    await sync(place);
    const link = (await state(place))?.delta_link;
    await control.expireDeltaTokens('contoso');
    const match = { path: '/groups', query: '$skiptoken' };
    // Consent is withdrawn while the third page is on its way.
    await control.addFault({ match, skip: 1, times: 1, delayMs: 600 });
    const runId = await begin(place);
    await bench.reached(runId, 'all groups, page 3');
    await control.setConsent('contoso', false);
    const run = await bench.ended(runId);
    expect(run).toMatchObject({ status: 'failed', safe_error: { code: 'consent_missing' } });
    expect(run.succeeded + run.skipped).toBe(run.total);
    expect(run.succeeded).toBeLessThan(contosoGroups);
    expect(await total(place)).toEqual({ n: contosoGroups, gone: 0 });
    expect((await state(place))?.delta_link).toBe(link);
    expect(await evidence(runId)).toMatchObject([{ status: 'fail', reason: 'consent_missing' }]);
    expect((await bench.connection(place)).consent).toBe('missing');
  });

  it.each([
    ['no JSON', '<html>maintenance</html>'],
    ['no list', '{"ok":true}'],
    ['a list of something else', '{"value":[1,2]}'],
    ['an entry without an id', '{"value":[{"displayName":"x"}]}'],
    ['a link to elsewhere', '{"value":[],"@odata.nextLink":"not a link"}'],
  ])('fails on %s in place of a page, and takes nothing for gone', async (_, text) => {
    await bench.worker();
    const place = await bench.place('adatum');
    await sync(place);
    await control.expireDeltaTokens('adatum');
    await control.addFault({ match: { path: '/v1.0/groups', query: '$top=999' }, times: 100, text });
    const run = await sync(place);
    expect(run.output?.mode).toBeUndefined();
    expect(run).toMatchObject({ status: 'failed', safe_error: { code: 'provider_unavailable' } });
    expect(await total(place)).toEqual({ n: 180, gone: 0 });
    expect(await evidence(run.id)).toMatchObject([{ status: 'fail', reason: 'provider_unavailable' }]);
  });

  it('stops when it is cancelled in the middle, with what it has kept', async () => {
    await bench.worker();
    const place = await bench.place('contoso');
    await control.addFault({
      match: { path: '/groups', query: '$skiptoken' },
      skip: 1,
      times: 1,
      delayMs: 3_000,
    });
    const runId = await begin(place);
    await bench.reached(runId, 'all groups, page 3');
    await bench.cancel(place, runId);
    const run = await bench.ended(runId);
    expect(run.status).toBe('cancelled');
    expect(run).toMatchObject({ total: contosoGroups, succeeded: 999, skipped: contosoGroups - 999 });
    expect((await total(place))?.n).toBe(999);
    expect(await evidence(runId)).toEqual([]);
  });
});
