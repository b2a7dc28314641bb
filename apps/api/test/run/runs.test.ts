import { makeTenant, type TestTenant, testKeyring } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCursors } from '../../src/page/cursors.ts';
import { finished, playRun, playToEnd } from '../support/play-worker.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const read = (path: string, call: Call = {}) => api.call(path, { as: api.workspace.members.viewer, ...call });
const act = (path: string, body?: object, call: Call = {}) =>
  api.call(path, {
    method: 'POST',
    as: api.workspace.members.operator,
    ...(body !== undefined && { body }),
    ...call,
  });

async function startCapture(tenant: TestTenant, input: object = {}): Promise<number> {
  const body = { operation: 'snapshot_capture', tenantId: tenant.tenantId, input };
  const made = await act('/v1/runs', body);
  if (made.status !== 201) throw new Error(made.text);
  return made.body.run.id;
}

/** A run that ended with two failed items of four. */
async function partialRun(tenant: TestTenant): Promise<number> {
  const runId = await startCapture(tenant);
  await playToEnd(api.db, { workspaceId: api.workspace.id, runId }, { total: 4, failed: 2 });
  return runId;
}

describe('the list of runs', () => {
  it('gives every run once, newest first, however small the page and whatever starts meanwhile', async () => {
    const tenants = await Promise.all(Array.from({ length: 7 }, () => makeTenant(api.db, api.workspace.id)));
    const ids: number[] = [];
    for (const tenant of tenants) ids.push(await startCapture(tenant));
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: { body: { items: { id: number }[]; nextCursor: string | null } } = await read(
        `/v1/runs?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.nextCursor;
      if (seen.length === 2) await startCapture(await makeTenant(api.db, api.workspace.id));
    } while (cursor !== null);
    expect(seen.filter((id) => ids.includes(id))).toEqual([...ids].reverse());
  });

  it('narrows by status, operation, tenant, connection, initiator and time', async () => {
    const tenant = await makeTenant(api.db, api.workspace.id);
    const runId = await partialRun(tenant);
    const count = async (query: string) =>
      (await read(`/v1/runs?tenantId=${tenant.tenantId}&${query}`)).body.items.length;
    const me = encodeURIComponent(api.workspace.members.operator.username);
    expect(await count('status=partial,failed')).toBe(1);
    expect(await count('status=running')).toBe(0);
    expect(await count('operation=snapshot_capture')).toBe(1);
    expect(await count('operation=restore_execute')).toBe(0);
    expect(await count(`connectionId=${tenant.connectionId}`)).toBe(1);
    expect(await count(`initiatedBy=${me}`)).toBe(1);
    expect(await count('initiatedBy=me')).toBe(0);
    expect(await count('createdAfter=2020-01-01T00:00:00Z')).toBe(1);
    expect(await count('createdBefore=2020-01-01T00:00:00Z')).toBe(0);
    expect(await count(`parentId=${runId}`)).toBe(0);
    expect(await count('tag=%25')).toBe(0);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=',
    'limit=1&limit=2',
    'limit[]=1',
    'limit=1e3',
    'limit=1;drop',
    'status=nonsense',
    'status=',
    'tenantId=x',
    'createdAfter=yesterday',
    'createdAfter=0000-01-01T00:00:00Z',
    'createdAfter=9999-12-31T23:59:59-23:59',
    'createdBefore=0001-01-01T00:00:00%2B23:59',
    'nonsense=1',
    'cursor=',
  ])('refuses %s', async (query) => {
    expect((await read(`/v1/runs?${query}`)).status).toBe(400);
  });

  it.each(['events', 'logs'])('refuses a place in the %s that no history can have', async (part) => {
    const runId = await startCapture(await makeTenant(api.db, api.workspace.id));
    const at = (after: string) => read(`/v1/runs/${runId}/${part}?after=${after}`);
    expect((await at('2147483647')).status).toBe(200);
    expect((await at('2147483648')).status).toBe(400);
  });

  it('refuses a cursor that was changed, made up, or belongs to another list or workspace', async () => {
    await startCapture(await makeTenant(api.db, api.workspace.id));
    await startCapture(await makeTenant(api.db, api.workspace.id));
    const { nextCursor } = (await read('/v1/runs?limit=1')).body;
    const refused = async (path: string) => {
      const answer = await read(path);
      expect(answer.status).toBe(400);
      expect(answer.body.errors[0].pointer).toBe('/cursor');
    };
    expect((await read(`/v1/runs?limit=1&cursor=${nextCursor}`)).status).toBe(200);
    const [payload, tag] = String(nextCursor).split('.');
    const moved = Buffer.from('["2030-01-01T00:00:00Z",1]').toString('base64url');
    await refused(`/v1/runs?cursor=${moved}.${tag}`);
    await refused(`/v1/runs?cursor=${payload}`);
    await refused(`/v1/runs?cursor=${payload}.${tag}.x`);
    await refused(`/v1/tenants?cursor=${nextCursor}`);
    const foreign = createCursors(testKeyring).write({ workspaceId: 'ws-other', list: 'runs' }, ['x', 1]);
    await refused(`/v1/runs?cursor=${foreign}`);
  });
});

describe('one run', () => {
  it('says what it waits for, since when and who may free it', async () => {
    const runId = await startCapture(await makeTenant(api.db, api.workspace.id));
    const { body } = await read(`/v1/runs/${runId}`);
    expect(body.waiting).toMatchObject({
      gate: 'worker',
      sentence: 'The run is admitted, but no worker is running.',
      freedBy: 'whoever starts a worker',
    });
    expect(body.scopes).toHaveLength(1);
    expect(body.allowedActions).toContainEqual({
      action: 'cancel',
      allowed: false,
      reason: 'You lack the capability run.cancel.',
    });
  });

  it('splits its time into parts that add up to the wall time, while it works and at the end', async () => {
    const runId = await startCapture(await makeTenant(api.db, api.workspace.id));
    const sum = ({ phases }: { phases: Record<string, number> }) =>
      Object.values(phases).reduce((total, part) => total + part, 0);
    const played = await playRun(api.db, api.workspace.id, runId);
    const { body: working } = await read(`/v1/runs/${runId}`);
    const wall = Date.parse(working.serverTime) - Date.parse(working.createdAt);
    expect(Math.abs(sum(working) - wall)).toBeLessThanOrEqual(2);
    await played.write({ end: finished });
    const { body: ended } = await read(`/v1/runs/${runId}`);
    expect(
      Math.abs(sum(ended) - (Date.parse(ended.finishedAt) - Date.parse(ended.createdAt))),
    ).toBeLessThanOrEqual(2);
  });

  it('shows steps, items, events and log as they were written, and nothing of it twice', async () => {
    const runId = await startCapture(await makeTenant(api.db, api.workspace.id));
    const played = await playRun(api.db, api.workspace.id, runId);
    const counts = { total: 3, succeeded: 0, failed: 0, skipped: 0 };
    const declared = [0, 1, 2].map((position) => ({
      position,
      key: `k${position}`,
      label: `Item ${position}`,
    }));
    await played.write({
      counts,
      declared,
      currentStep: 'read',
      entries: [{ kind: 'log', level: 'info', step: 'read', text: 'first line' }],
      steps: [
        { name: 'read', position: 1, attempt: 1, state: 'done', effectKey: `r:${runId}`, startedMsAgo: 5 },
      ],
    });
    await played.write({
      counts: { ...counts, failed: 1 },
      results: [{ key: 'k1', outcome: 'failed', error: { code: 'conflict', message: 'Differs.' } }],
      entries: [
        {
          kind: 'item',
          data: {
            items: [{ key: 'k1', label: 'Item 1', outcome: 'failed', code: 'conflict' }],
            counts: { ...counts, failed: 1 },
          },
        },
        { kind: 'progress', data: { counts: { ...counts, failed: 1 }, fraction: 0.5, message: 'half' } },
      ],
    });
    const { body: steps } = await read(`/v1/runs/${runId}/steps`);
    expect(steps.items).toMatchObject([{ name: 'read', label: 'Read', state: 'done', attempt: 1 }]);
    const page = (await read(`/v1/runs/${runId}/items?limit=2`)).body;
    expect(page.items.map(({ key }: { key: string }) => key)).toEqual(['k0', 'k1']);
    const rest = (await read(`/v1/runs/${runId}/items?limit=2&cursor=${page.nextCursor}`)).body;
    expect(rest.items.map(({ key }: { key: string }) => key)).toEqual(['k2']);
    expect(rest.nextCursor).toBeNull();
    const failed = (await read(`/v1/runs/${runId}/items?outcome=failed`)).body.items;
    expect(failed).toMatchObject([{ key: 'k1', errorCode: 'conflict', message: 'Differs.' }]);
    expect((await read(`/v1/runs/${runId}/items?outcome=remaining`)).body.items).toHaveLength(2);
    const events = (await read(`/v1/runs/${runId}/events`)).body;
    expect(events.items.map(({ seq }: { seq: number }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(events.items.map(({ kind }: { kind: string }) => kind)).toEqual([
      'state',
      'state',
      'log',
      'item',
      'progress',
    ]);
    expect(events.items[2].data).toEqual({ level: 'info', step: 'read', text: 'first line', line: 1 });
    expect(events.items[4].data.progress).toEqual({ percent: 50, message: 'half' });
    expect((await read(`/v1/runs/${runId}/events?after=4`)).body.items).toHaveLength(1);
    const logs = (await read(`/v1/runs/${runId}/logs`)).body;
    expect(logs.items).toMatchObject([{ seq: 3, level: 'info', step: 'read', text: 'first line' }]);
  });
});

it('a partial run says what to do next, to each caller what they can do', async () => {
  const runId = await partialRun(await makeTenant(api.db, api.workspace.id));
  const codes = async (as: TestApi['workspace']['members']['viewer']) => {
    const { whatNext, safeError } = (await api.call(`/v1/runs/${runId}`, { as })).body;
    expect(whatNext.sentence).toBe('2 of 4 items failed. 2 succeeded and keep their results.');
    expect(safeError.nextSteps).toEqual(whatNext.nextSteps);
    return whatNext.nextSteps.map(({ code }: { code: string }) => code);
  };
  expect(await codes(api.workspace.members.operator)).toEqual(['retry_failed_items']);
  expect(await codes(api.workspace.members.viewer)).toEqual([]);
});

describe('cancel', () => {
  it('ends a queued run at once (200), frees its scope and keeps the reason', async () => {
    const tenant = await makeTenant(api.db, api.workspace.id);
    const runId = await startCapture(tenant);
    const cancelled = await act(`/v1/runs/${runId}/cancel`, { reason: 'wrong tenant' });
    expect(cancelled.status).toBe(200);
    expect(cancelled.body.run.status).toBe('cancelled');
    expect((await act(`/v1/runs/${runId}/cancel`)).status).toBe(409);
    expect((await act('/v1/runs', { operation: 'snapshot_capture', tenantId: tenant.tenantId })).status).toBe(
      201,
    );
  });

  it('asks a running run to stop (202), once', async () => {
    const runId = await startCapture(await makeTenant(api.db, api.workspace.id));
    await playRun(api.db, api.workspace.id, runId);
    const asked = await act(`/v1/runs/${runId}/cancel`);
    expect([asked.status, asked.body.run.status]).toEqual([202, 'running']);
    const again = await act(`/v1/runs/${runId}/cancel`);
    expect([again.status, again.body.detail]).toEqual([409, 'A cancel has already been asked for.']);
    expect((await read(`/v1/runs/${runId}`)).body.waiting).toMatchObject({
      gate: 'cancel',
      holder: 'played',
    });
  });

  it.each([{ reason: '' }, { reason: 'a\u0007b' }, { reason: 'x'.repeat(501) }, { reason: 1 }])(
    'refuses %j and leaves the run alone',
    async (body) => {
      const runId = await startCapture(await makeTenant(api.db, api.workspace.id));
      expect((await act(`/v1/runs/${runId}/cancel`, body)).status).toBe(400);
      expect((await read(`/v1/runs/${runId}`)).body.status).toBe('queued');
    },
  );
});

describe('going again', () => {
  it('a replay is a new run with the same input, linked both ways, through the gate', async () => {
    const tenant = await makeTenant(api.db, api.workspace.id);
    const runId = await partialRun(tenant);
    const replayed = await act(`/v1/runs/${runId}/replay`);
    expect(replayed.status).toBe(201);
    expect(replayed.body.run).toMatchObject({ parentRunId: runId, linkKind: 'replay' });
    expect((await read(`/v1/runs/${runId}`)).body.children).toEqual([
      { runId: replayed.body.run.id, linkKind: 'replay', status: 'queued' },
    ]);
    expect((await read(`/v1/runs?parentId=${runId}`)).body.items).toHaveLength(1);
    expect((await act(`/v1/runs/${runId}/replay`)).status).toBe(200);
    expect((await act(`/v1/runs/${runId}/replay`, { input: { policyIds: ['x'] } })).status).toBe(409);
    expect((await act(`/v1/runs/${runId}/replay`, { input: { nonsense: 1 } })).status).toBe(400);
  });

  it('a retry repeats only what failed', async () => {
    const runId = await partialRun(await makeTenant(api.db, api.workspace.id));
    const retried = await act(`/v1/runs/${runId}/retry-failed-items`);
    expect(retried.status).toBe(201);
    const { body } = await read(`/v1/runs/${retried.body.run.id}`);
    expect(body.input).toEqual({ policyIds: ['policy-0', 'policy-1'] });
    expect(body.parent).toEqual({ runId, linkKind: 'retry', status: 'partial' });
  });

  it('a run that has not ended, or has nothing to retry, says so', async () => {
    const tenant = await makeTenant(api.db, api.workspace.id);
    const runId = await startCapture(tenant);
    const refused = await act(`/v1/runs/${runId}/replay`);
    expect([refused.status, refused.body.detail]).toEqual([409, 'The run has not ended yet.']);
    await playToEnd(api.db, { workspaceId: api.workspace.id, runId }, { total: 2, failed: 0 });
    const nothing = await act(`/v1/runs/${runId}/retry-failed-items`);
    expect([nothing.status, nothing.body.detail]).toEqual([409, 'The run has no failed items.']);
  });

  it('under one Idempotency-Key is one run', async () => {
    const runId = await partialRun(await makeTenant(api.db, api.workspace.id));
    const headers = { 'idempotency-key': `again-${runId}` };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => act(`/v1/runs/${runId}/retry-failed-items`, undefined, { headers })),
    );
    expect(new Set(answers.map(({ body }) => body.run.id)).size).toBe(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  });
});
