import { setTimeout as delay } from 'node:timers/promises';
import { type WsEvent, wsEvent } from '@signalbox/contracts/provisioning/ws-events';
import { appendPlanEvents } from '@signalbox/db/commands/plan/append-plan-events';
import { claimRuns } from '@signalbox/db/commands/run/claim-runs';
import { requestCancel } from '@signalbox/db/commands/run/request-cancel';
import { writeRuns } from '@signalbox/db/commands/run/write-runs';
import { infras } from '@signalbox/db/schema/provisioning';
import type { Person } from '@signalbox/domain/access/principal';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { finished } from '../support/play-worker.ts';
import { openWs, type WsClient } from '../support/ws-client.ts';
import { openWsStage, type WsStage } from '../support/ws-stage.ts';

let stage: WsStage;
const opened: WsClient[] = [];
/** Workspaces whose health was measured, each time it was. */
const measured: string[] = [];

beforeAll(async () => {
  stage = await openWsStage({
    ws: { lookMs: 200, sampleMs: 100 },
    samples: {
      readHealth: async (workspaceId) => {
        measured.push(workspaceId);
        if (measured.length === 1) throw new Error('not yet');
        return { overall_status: 'Healthy' };
      },
      readMetrics: async () => ({ total_workflows: 3, active_workflows: 1 }),
    },
  });
});
afterEach(() => {
  for (const client of opened.splice(0)) client.cut();
});
afterAll(() => stage.close());

async function listen(person: Person, query: Record<string, string> = {}): Promise<WsClient> {
  const client = await openWs(stage.api, { query: { token: await stage.api.token(person), ...query } });
  opened.push(client);
  return client;
}

const ofTask = (events: readonly WsEvent[], uid: string) =>
  events.filter(({ metadata }) => metadata.task_id === uid);
const line = (text: string) => ({ kind: 'log', level: 'info', step: null, text }) as const;
const counts = { total: 2, succeeded: 1, failed: 0, skipped: 0 };

it('tells a task from its beginning to its end in the words of the contract, and nothing of other work', async () => {
  const { viewer } = stage.api.workspace.members;
  const elsewhere = await stage.workspace();
  const client = await listen(viewer, { events: 'task' });
  await stage.task(elsewhere);
  const graph = { operation: 'snapshot_capture', tenantId: stage.api.tenant.tenantId };
  await stage.api.call('/v1/runs', { method: 'POST', as: stage.api.workspace.members.operator, body: graph });
  const { uid, play } = await stage.task();
  const played = await play();
  await played.write({
    counts,
    progress: 0.5,
    entries: [
      { kind: 'progress', data: { counts, fraction: 0.5, message: 'Half', currentStep: 'create' } },
      line('made web-01'),
    ],
  });
  await played.write({ counts: { ...counts, succeeded: 2 }, end: finished });
  await client.until('the end', (all) =>
    all.some((event) => event.event_type === 'TaskStatusChanged' && event.data.status === 'Completed'),
  );
  const told = client.received.map((event) => wsEvent.parse(event));
  expect(ofTask(told, uid)).toHaveLength(told.length);
  expect(told.map(({ event_type, data }) => ({ event_type, data }))).toEqual([
    {
      event_type: 'TaskStatusChanged',
      data: { task_id: uid, name: 'create_servers', status: 'Pending', progress: 0 },
    },
    {
      event_type: 'TaskStatusChanged',
      data: expect.objectContaining({ status: 'Running', previous_status: 'Pending', progress: 0 }),
    },
    {
      event_type: 'WorkflowProgressUpdate',
      data: {
        ...{ workflow_id: uid, progress: 50, current_step: 'create', message: 'Half' },
        ...{ completed_steps: 1, total_steps: 2 },
      },
    },
    { event_type: 'LogEntry', data: { task_id: uid, level: 'info', message: 'made web-01', line: 1 } },
    {
      event_type: 'TaskStatusChanged',
      data: expect.objectContaining({ status: 'Completed', previous_status: 'Running', progress: 100 }),
    },
  ]);
  // Whoever is told later is told the same.
  const after = String(client.headers['x-next-cursor']);
  const late = await listen(viewer, { events: 'task', after });
  await late.until('the same', (all) => all.length === told.length);
  expect(late.received).toEqual(client.received);
  expect(told[0]?.metadata).toMatchObject({ workflow_type: 'server_creation', sequence: '1' });
});

it('tells only the types that were named, in full or in short', async () => {
  const { viewer } = stage.api.workspace.members;
  const { play } = await stage.task();
  const played = await play();
  const full = await listen(viewer, { events: 'LogEntry,NoSuchEvent' });
  const batches = await listen(viewer, { events: ' batch ' });
  await played.write({ entries: [line('one')], end: finished });
  const { planId, uid } = await stage.batch();
  await stage.api.db.inWorkspace(stage.api.workspace.id, (tx) =>
    appendPlanEvents(tx, planId, [
      { kind: 'state', data: { from: null, to: 'working' } },
      {
        kind: 'item',
        data: { key: 'web', operation: 'create_servers', from: 'waiting', to: 'skipped', because: 'app' },
      },
      {
        kind: 'item',
        data: {
          key: 'app',
          operation: 'create_servers',
          from: 'admitted',
          to: 'failed',
          reason: 'cancelled',
        },
      },
    ]),
  );
  await batches.until('all of it', (all) => all.length === 3);
  await full.until('the line', (all) => all.length > 0);
  expect(full.received.map(({ event_type }) => event_type)).toEqual(['LogEntry']);
  const batch = { batch_id: uid, name: 'nightly', status: 'Running', progress: 0 };
  expect(batches.received.map(({ data }) => data)).toEqual([
    batch,
    { ...batch, operation_id: 'web', operation_status: 'Skipped', because_of: 'app' },
    { ...batch, operation_id: 'app', operation_status: 'Cancelled' },
  ]);
});

it('health and metrics are measured while somebody listens, with a cursor that resumes, and for nobody else', async () => {
  const { viewer } = stage.api.workspace.members;
  const elsewhere = await stage.workspace();
  const client = await listen(viewer, { events: 'system' });
  const metrics = await listen(viewer, { events: 'MetricUpdate' });
  await client.until('two of each', (all) => all.length >= 4);
  const told = client.received.map((event) => wsEvent.parse(event));
  const found = new Map<string, unknown>(told.map(({ event_type, data }) => [event_type, data]));
  expect(found.get('SystemHealthUpdate')).toEqual({ overall_status: 'Healthy' });
  expect(found.get('MetricUpdate')).toEqual({ total_workflows: 3, active_workflows: 1 });
  expect(new Set(metrics.received.map(({ event_type }) => event_type))).toEqual(new Set(['MetricUpdate']));
  expect(measured).not.toContain(elsewhere.id);
  client.cut();
  metrics.cut();
  const { uid } = await stage.task();
  const later = await listen(viewer, { events: 'task', after: told[1]?.metadata.cursor ?? '' });
  await later.until('the task', (all) => ofTask(all, uid).length > 0);
});

it('every event comes exactly once and in order, whatever commits late and wherever the reader is cut', async () => {
  const { db, workspace } = stage.api;
  const place = workspace.id;
  const tasks = await Promise.all(Array.from({ length: 4 }, () => stage.task()));
  const { planId, uid: batchUid } = await stage.batch();
  const first = await listen(workspace.members.viewer, { events: 'LogEntry,batch' });
  const start = String(first.headers['x-next-cursor']);
  const rounds = 25;
  let numbered = 0;
  let writing = true;

  /** A transaction that has its number early and commits late, as one that waits for a lock does. */
  const late = <T>(work: Parameters<typeof db.inWorkspace<T>>[1]) =>
    db.inWorkspace(place, async (tx) => {
      numbered += 1;
      await tx.query
        .insert(infras)
        .values({ workspaceId: place, name: `taken-${numbered}`, createdBy: 'test' });
      await delay(Math.random() * 25);
      const done = await work(tx);
      await delay(Math.random() * 8);
      return done;
    });
  const taskWriter = async (runId: number) => {
    const [run] = await db.inWorkspace(place, (tx) =>
      claimRuns(tx, [runId], { worker: 'played', leaseMs: 60_000 }),
    );
    if (run === undefined) throw new Error('The run was not free.');
    for (let number = 1; number <= rounds; number++) {
      const entries = [line(`${number} a`), line(`${number} b`)];
      const write = {
        ...{ runId, epoch: run.epoch, number, entries, counts: run.counts },
        ...{ progress: null, currentStep: null, steps: [], declared: [], results: [], end: null },
      };
      const [result] = await late((tx) => writeRuns(tx, [write], 'played'));
      expect(result?.kind).toBe('written');
      if (number === 10) {
        const actor = { kind: 'user', name: 'test' } as const;
        await late((tx) => requestCancel(tx, { runId, actor }));
      }
    }
  };
  const batchWriter = async (writer: number) => {
    for (let index = 0; index < rounds; index++) {
      const message = `${writer}.${index}`;
      const data = {
        ...({ key: 'web', operation: 'create_servers', from: 'waiting', to: 'waiting' } as const),
        message,
      };
      await late((tx) => appendPlanEvents(tx, planId, [{ kind: 'item', data }]));
    }
  };
  const all: WsEvent[] = [];
  const reading = (async () => {
    let cursor = start;
    const expected = tasks.length * rounds * 2 + 4 * rounds;
    let idle = 0;
    while (writing || (all.length < expected && idle < 60)) {
      const client = await listen(workspace.members.viewer, { events: 'LogEntry,batch', after: cursor });
      await delay(20 + Math.random() * 120);
      client.cut();
      const got = [...client.received];
      idle = got.length === 0 ? idle + 1 : 0;
      all.push(...got);
      cursor = got.at(-1)?.metadata.cursor ?? cursor;
    }
  })();
  await Promise.all([
    ...tasks.map(({ runId }) => taskWriter(runId)),
    ...[1, 2, 3, 4].map((writer) => batchWriter(writer)),
  ]);
  writing = false;
  await reading;
  const lines = Array.from({ length: rounds }, (_, index) => [`${index + 1} a`, `${index + 1} b`]).flat();
  for (const { uid } of tasks) {
    const told = ofTask(all, uid).map(({ data }) => ('message' in data ? data.message : ''));
    expect(told).toEqual(lines);
  }
  const sequence = all.flatMap(({ metadata }) =>
    metadata.batch_id === batchUid ? [Number(metadata.sequence)] : [],
  );
  expect(sequence).toEqual(Array.from({ length: 4 * rounds }, (_, index) => index + 1));
  // Whoever stayed was told the same.
  await first.until('the same', (received) => received.length >= all.length);
  expect(first.received.map(({ metadata }) => metadata.cursor)).toEqual(
    all.map(({ metadata }) => metadata.cursor),
  );
}, 30_000);
