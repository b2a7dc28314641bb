import { changeSavedView } from '@signalbox/db/commands/saved-view/change-saved-view';
import { createSavedView } from '@signalbox/db/commands/saved-view/create-saved-view';
import { makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';

let gate: GateDatabase;

beforeAll(async () => {
  gate = await openGateDatabase();
});
afterAll(() => gate.close());

test('a rename that meets another view on its way to the same name is told that the name is taken', async () => {
  const { viewer } = (await makeWorkspace(gate.db)).members;
  const view = { page: 'runs', name: 'rival', search: '', requestId: null };
  const made = await createSavedView(gate.db, viewer, view);
  if (typeof made === 'string') throw new Error(made);
  const { renaming } = await gate.admin.begin(async (other) => {
    await other`insert into saved_views (workspace_id, user_id, page, name, search)
      select workspace_id, user_id, page, 'wanted', '' from saved_views where id = ${made.id}`;
    const change = { name: 'wanted', requestId: null };
    const outcome = changeSavedView(gate.db, viewer, { id: made.id, change }).catch(String);
    await vi.waitFor(async () => {
      expect(
        await gate.admin`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
      ).toHaveLength(1);
    });
    return { renaming: { outcome } };
  });
  expect(await renaming.outcome).toBe('name_taken');
});
