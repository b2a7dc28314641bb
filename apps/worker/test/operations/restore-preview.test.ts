import { describe, expect, it } from 'vitest';
import { openRestoreBench, segment } from './restore-support.ts';

const bench = await openRestoreBench();
const { control, sql, backUp, meddle, preview } = bench;

describe('a preview', () => {
  it('says what a restore would do to each item, and writes nothing', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const backup = await backUp(place, 5);
    const [changed = '', deleted = '', retyped = ''] = backup.policyIds;
    await meddle(place, changed);
    await control.deletePolicy({ tenant: 'adatum', segment, id: deleted });
    await control.editPolicy(
      { tenant: 'adatum', segment, id: retyped },
      { '@odata.type': '#microsoft.graph.macOSCustomConfiguration' },
    );
    await control.clearLedger();
    const run = await bench.run(place, 'restore_preview');
    expect(run).toMatchObject({ status: 'succeeded', total: 5, succeeded: 5 });
    expect(run.output).toEqual({ backupSetId: backup.setId, create: 1, update: 1, skip: 2, conflict: 1 });
    expect(await control.ledger()).toEqual([]);
    const details = new Map(
      (await bench.items(Number(run.id))).map((item) => [Number(item.key), item.detail]),
    );
    const detailOf = (id: string) => details.get(backup.itemIds.get(id) ?? 0);
    expect(detailOf(changed)).toMatchObject({ action: 'update', changed: ['/description'] });
    expect(detailOf(deleted)).toMatchObject({ action: 'create', liveFingerprint: 'absent' });
    expect(detailOf(retyped)).toMatchObject({ action: 'conflict', reason: 'type_changed' });
    const [kept] = await sql`select items from restore_previews where run_id = ${run.id}`;
    expect(kept?.items).toHaveLength(5);
  });

  it('takes only the newest item of each policy when none are named', async () => {
    await bench.worker();
    const place = await bench.place('adatum');
    const backup = await backUp(place, 3);
    await meddle(place, backup.policyIds[0] ?? '');
    await bench.run(place, 'backup_set_add_policies', { input: { policyIds: [backup.policyIds[0] ?? ''] } });
    const run = await preview(place);
    expect(run).toMatchObject({ total: 3, output: { skip: 3 } });
    const named = { backupSetId: backup.setId, itemIds: [...backup.itemIds.values()] };
    const older = await bench.run(place, 'restore_preview', { input: named });
    expect(older).toMatchObject({ total: 3, output: { update: 1, skip: 2 } });
  });
});
