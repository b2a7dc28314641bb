import { makeTenant } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playRun, playToEnd } from '../support/play-worker.ts';
import { type Call, startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const read = (path: string, call: Call = {}) => api.call(path, { as: api.workspace.members.viewer, ...call });
const act = (path: string, body?: object, as = api.workspace.members.operator) =>
  api.call(path, { method: 'POST', as, ...(body !== undefined && { body }) });
/** Moves a run's times, as if they had passed. */
const alter = (runId: number, change: string) =>
  api.db.inWorkspace(api.workspace.id, (tx) =>
    tx.query.execute(`update runs set ${change} where id = ${runId}`),
  );

async function startCapture(): Promise<number> {
  const tenant = await makeTenant(api.db, api.workspace.id);
  const made = await act('/v1/runs', { operation: 'snapshot_capture', tenantId: tenant.tenantId });
  if (made.status !== 201) throw new Error(made.text);
  return made.body.run.id;
}

/** A run that a worker has. */
async function startWorking(): Promise<number> {
  const runId = await startCapture();
  await playRun(api.db, api.workspace.id, runId);
  return runId;
}

describe('a forced cancel', () => {
  const force = (runId: number, body: object = { reason: 'its host is gone' }) =>
    act(`/v1/runs/${runId}/force-cancel`, body, api.workspace.members.manager);

  it('ends a run whose worker is silent, says who did it and why, and frees the scope', async () => {
    const runId = await startWorking();
    await act(`/v1/runs/${runId}/cancel`, { reason: 'no longer needed' });
    await alter(runId, `lease_expires_at = now() - interval '1 second'`);
    const { status, body } = await force(runId);
    expect([status, body.run.status]).toEqual([200, 'cancelled']);
    const { cancel, whatNext, scopes } = (await read(`/v1/runs/${runId}`)).body;
    expect(cancel).toMatchObject({ by: api.workspace.members.manager.username, reason: 'its host is gone' });
    expect(whatNext.sentence).toMatch(/^Cancelled by .*: “its host is gone”\. The run was ended without/);
    expect(scopes).toEqual([]);
  });

  it('is refused until a cancel was asked for and the worker had its time, and says when that is', async () => {
    const runId = await startWorking();
    expect(await force(runId)).toMatchObject({ status: 409, body: { detail: 'Ask for a cancel first.' } });
    await act(`/v1/runs/${runId}/cancel`);
    expect((await force(runId)).status).toBe(409);
    const as = api.workspace.members.manager;
    const { allowedActions, cancel } = (await read(`/v1/runs/${runId}`, { as })).body;
    const verdict = allowedActions.find(({ action }: { action: string }) => action === 'force_cancel');
    expect(verdict).toMatchObject({ allowed: false });
    expect(Date.parse(verdict.allowedFrom) - Date.parse(cancel.at)).toBe(60_000);
    await alter(runId, `cancel_requested_at = now() - interval '61 seconds'`);
    expect((await read(`/v1/runs/${runId}`, { as })).body.allowedActions).toContainEqual({
      action: 'force_cancel',
      allowed: true,
    });
    expect((await force(runId)).status).toBe(200);
  });

  it('is for managers, and wants a reason', async () => {
    const runId = await startWorking();
    const denied = await act(`/v1/runs/${runId}/force-cancel`, { reason: 'x' });
    expect([denied.status, denied.body.capability]).toEqual([403, 'run.force_cancel']);
    for (const body of [{}, { reason: ' ' }, { reason: 'x'.repeat(501) }]) {
      expect((await force(runId, body)).status).toBe(400);
    }
  });
});

describe('a refused action', () => {
  it('on an ended run leads to the run and to running it again, never to trying the same later', async () => {
    const runId = await startCapture();
    await playToEnd(api.db, { workspaceId: api.workspace.id, runId }, { total: 1, failed: 0 });
    for (const path of ['cancel', 'retry-failed-items']) {
      const { status, body } = await act(`/v1/runs/${runId}/${path}`);
      expect(status).toBe(409);
      expect(body.nextSteps).toMatchObject([
        { code: 'open_this_run', href: `/w/${api.workspace.id}/runs/${runId}` },
        { code: 'replay', href: `/w/${api.workspace.id}/start?replay=${runId}` },
      ]);
    }
  });

  it('on a run that goes on leads to the run alone', async () => {
    const runId = await startCapture();
    const { body } = await act(`/v1/runs/${runId}/replay`);
    expect(body.nextSteps.map(({ code }: { code: string }) => code)).toEqual(['open_this_run']);
  });
});

describe('what the card is told', () => {
  it('a queued run knows how many are ahead, and the oldest of them the caller may see', async () => {
    const first = await startCapture();
    const second = await startCapture();
    const { queue } = (await read(`/v1/runs/${second}`)).body;
    expect(queue.ahead).toBeGreaterThanOrEqual(1);
    expect(queue.oldest.runId).toBeLessThanOrEqual(first);
    expect(queue.liveWorkers).toBe(0);
    await alter(second, `wake_at = now() + interval '1 hour', wait_cause = 'throttled'`);
    expect((await read(`/v1/runs/${second}`)).body.queue).toBeUndefined();
  });

  it('a running run tells when it was last heard and what it last did', async () => {
    const runId = await startWorking();
    const { body } = await read(`/v1/runs/${runId}`);
    expect(Date.parse(body.serverTime) - Date.parse(body.lastHeartbeatAt)).toBeLessThan(60_000);
    await alter(runId, `progress_message = 'Read Baseline', progress_at = now()`);
    expect((await read(`/v1/runs/${runId}`)).body.progress).toMatchObject({
      message: 'Read Baseline',
      updatedAt: expect.any(String),
    });
  });

  it('a run with failed items tells why they failed, most frequent first, once it has ended', async () => {
    const runId = await startCapture();
    await playToEnd(api.db, { workspaceId: api.workspace.id, runId }, { total: 4, failed: 3 });
    const { failures } = (await read(`/v1/runs/${runId}`)).body;
    expect(failures).toMatchObject([{ count: 3 }]);
    expect(failures[0].message).toMatch(/\w/);
    expect((await read(`/v1/runs/${await startWorking()}`)).body.failures).toEqual([]);
  });
});

describe('the timeline', () => {
  const sum = (totals: Record<string, number>) =>
    Object.values(totals).reduce((whole, part) => whole + part, 0);

  it('of an ended run adds up to its wall time, with a row for its work', async () => {
    const runId = await startCapture();
    await playToEnd(api.db, { workspaceId: api.workspace.id, runId }, { total: 2, failed: 0 });
    const { body } = await read(`/v1/runs/${runId}/timeline`);
    expect(sum(body.totals)).toBe(Date.parse(body.to) - Date.parse(body.from));
    expect(body.segments.map(({ kind }: { kind: string }) => kind)).toEqual(['queued', 'working']);
    expect(body.rows.length).toBeGreaterThan(0);
    expect(body).toMatchObject({ hiddenRows: 0, gaps: [] });
    for (const row of body.rows) expect(row.state).toBe('done');
  });

  it('of a run that goes on adds up to now, and its last part has no end', async () => {
    const runId = await startWorking();
    const { body } = await read(`/v1/runs/${runId}/timeline`);
    expect(body.to).toBeUndefined();
    expect(body.segments.at(-1)).toMatchObject({ kind: 'working' });
    expect(body.segments.at(-1).to).toBeUndefined();
    expect(sum(body.totals)).toBe(Date.parse(body.serverTime) - Date.parse(body.from));
  });
});
