import { type Database, openDatabase } from '@signalbox/db/client/database';
import { type CapturedPolicy, capturePolicies } from '@signalbox/db/commands/backup/capture-policies';
import { makeTenant, makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { createTestDatabase, type TestDatabase } from '@signalbox/testing/postgres/test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = await openDatabase({ url: database.url, name: 'test', max: 4 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

function policy(externalId: string, content: string): CapturedPolicy {
  const payload = { displayName: externalId, content };
  return {
    ...{ externalId, kind: 'deviceConfiguration', name: externalId, payload },
    ...{ assignments: [], scopeTags: ['0'], hash: content },
  };
}

test('a version is made only when the content differs from the newest one', async () => {
  const { id: workspaceId } = await makeWorkspace(db);
  const { tenantId } = await makeTenant(db, workspaceId);
  const capture = (runId: number, content: string) =>
    db.inWorkspace(workspaceId, (tx) => capturePolicies(tx, { tenantId, runId }, [policy('p', content)]));
  const versions = [];
  for (const [index, content] of ['a', 'a', 'b', 'a'].entries())
    versions.push(...(await capture(index, content)));
  expect(versions.map(({ version, fresh }) => [version, fresh])).toEqual([
    [1, true],
    [1, false],
    [2, true],
    [3, true],
  ]);
});

test('two runs that capture one policy at the same time both succeed, with a version each', async () => {
  const { id: workspaceId } = await makeWorkspace(db);
  const { tenantId } = await makeTenant(db, workspaceId);
  const policies = Array.from({ length: 20 }, (_, index) => `p${index}`);
  const capture = (runId: number, ids: readonly string[]) =>
    db.inWorkspace(workspaceId, async (tx) => {
      const given = ids.map((id) => policy(id, `content of run ${runId}`));
      return capturePolicies(tx, { tenantId, runId }, given);
    });
  await capture(0, policies);
  const both = await Promise.all([capture(1, policies), capture(2, policies.toReversed())]);
  expect(both.flat().every(({ fresh }) => fresh)).toBe(true);
  for (const id of policies) {
    const numbers = both.flat().filter(({ externalId }) => externalId === id);
    expect(numbers.map(({ version }) => version).sort((a, b) => a - b)).toEqual([2, 3]);
  }
});
