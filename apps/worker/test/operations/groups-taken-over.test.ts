import { expect, it } from 'vitest';
import { dieAt } from './die-at.ts';
import { openOperationBench } from './support.ts';

const bench = await openOperationBench();
const { sql } = bench;

it.each([
  { failpoint: 'after_effect:all groups, page 3', repeated: ['all groups, page 3'] as string[] },
  { failpoint: 'after_record:all groups, page 3', repeated: [] },
  { failpoint: 'after_record:all groups, page 6', repeated: [] },
])(
  'a sync of groups whose worker dies $failpoint goes on behind it, and counts every group once',
  async ({ failpoint, repeated }) => {
    const place = await bench.place('contoso');
    const input = { selectionKey: 'all_groups_v1' };
    const runId = await bench.start(place, 'directory.groups.sync', { input });
    await dieAt(bench, failpoint);
    await bench.worker({}, { leaseMs: 3_000 });
    const run = await bench.ended(runId);
    expect(run).toMatchObject({ status: 'succeeded', lease_epoch: 2, total: 4_200, succeeded: 4_200 });
    const counts = { seen: 4_200, added: 4_200, changed: 0, unchanged: 0, removed: 0 };
    expect(run.output).toMatchObject({ mode: 'full', pages: 6, ...counts });
    const [kept] =
      await sql`select count(*)::int as n, count(*) filter (where removed_at is not null)::int as gone
    from groups where tenant_id = ${place.tenantId}`;
    expect(kept).toEqual({ n: 4_200, gone: 0 });
    // Pages that were kept are not asked for again, and each is kept once.
    const told = await sql`select data ->> 'name' as name, data ->> 'state' as state from run_events
    where run_id = ${runId} and kind = 'step' group by 1, 2 having count(*) > 1`;
    expect(told.filter(({ name, state }) => state === 'done' || !repeated.includes(name))).toEqual([]);
    const evidence = await sql`select status from evidence where run_id = ${runId}`;
    expect(evidence.map(({ status }) => status)).toEqual(['ok']);
  },
);
