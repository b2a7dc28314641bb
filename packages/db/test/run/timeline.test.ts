import { timelineEventsOf } from '@signalbox/db/queries/run/timeline-events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, done, openBench, stepOf, workspaceId, writeOf } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const eventsOf = (runId: number) => bench.db.inWorkspace(workspaceId, (tx) => timelineEventsOf(tx, runId));

test('the events of a timeline are the states and steps of that run, oldest first', async () => {
  const runId = await bench.insert();
  const run = await bench.take(runId);
  await bench.write(
    writeOf(run, 1, {
      steps: [stepOf(run, 'read', 'intent')],
      entries: [
        { kind: 'step', data: { name: 'read', attempt: 1, state: 'intent' } },
        { kind: 'log', level: 'info', step: null, text: 'not time' },
        { kind: 'progress', data: { counts: run.counts } },
      ],
    }),
  );
  await bench.write(writeOf(run, 2, { end: done }));
  await bench.insert();
  const events = await eventsOf(runId);
  expect(events.map(({ kind }) => kind)).toEqual(['state', 'state', 'step', 'state']);
  expect(events.at(-1)).toMatchObject({ data: { from: 'running', to: 'succeeded' } });
  for (const [at, event] of events.entries())
    expect(event.at).toBeGreaterThanOrEqual(events[at - 1]?.at ?? 0);
});

test('the timeline of a run with a hundred thousand results reads nothing but its own events', async () => {
  const runId = await bench.insert();
  await bench.take(runId);
  await bench.sql`
    insert into run_events (workspace_id, run_id, seq, kind, data)
    select ${workspaceId}, ${runId}, n, 'item', '{"items":[],"counts":{}}' from generate_series(3, 100000) n`;
  await bench.sql`analyze run_events`;
  const plan = await bench.sql`
    explain (analyze, buffers, format json) select at, kind, data from run_events
    where workspace_id = ${workspaceId} and run_id = ${runId} and kind in ('state', 'step')
    order by seq desc limit 10000`;
  const text = JSON.stringify(plan[0]);
  expect(text).toContain('run_events_story');
  expect(text).not.toContain('Rows Removed by Filter');
  expect(await eventsOf(runId)).toHaveLength(2);
});
