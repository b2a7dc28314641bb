import { coalesceStarts, type StartBatch } from '@signalbox/db/commands/gate/start-coalescer';
import { type StartResult, startRuns } from '@signalbox/db/commands/gate/start-runs';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import { makeTenant, makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { expect, test } from 'vitest';
import { openGateDatabase, outcomeOf, runIdOf, traces } from './gate-database.ts';

/** A start whose answer carries its own name, so that mixed-up answers show. */
function named(name: string, wishes: { workspaceId?: string; key?: string } = {}): StartRequest {
  const { workspaceId = 'ws-a', key } = wishes;
  const principal = { workspaceId, userId: 1, username: 'tester', role: 'operator', tenants: 'all' } as const;
  return startRequest(
    principal,
    { operation: 'snapshot_capture', tenantId: 1 },
    {
      tags: [name],
      idempotency: key === undefined ? null : { route: 'test', key, bodyHash: name },
    },
  );
}

const answerTo = ({ tags }: StartRequest) =>
  ({ kind: 'forbidden', capability: tags[0] }) as unknown as StartResult;

test('one bad start fails alone; the others of its batch get their own answers', async () => {
  const gate: StartBatch = async (_, requests) => {
    if (requests.some(({ tags }) => tags[0] === 'bad')) throw new Error('bad input');
    return requests.map(answerTo);
  };
  const start = coalesceStarts(gate);
  const answers = await Promise.allSettled(['a', 'b', 'c', 'bad', 'd'].map((name) => start(named(name))));
  expect(answers.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
});

test('through the real gate: identical and mixed starts of one crowd leave one holder, and each is told the truth', async () => {
  const gate = await openGateDatabase();
  const workspace = await makeWorkspace(gate.db);
  const tenant = await makeTenant(gate.db, workspace.id);
  let commits = 0;
  const start = coalesceStarts((workspaceId, requests) => {
    commits += 1;
    return startRuns(gate.db, workspaceId, requests);
  });
  const results = await Promise.all(
    Array.from({ length: 150 }, (_, index) =>
      start(
        startRequest(
          workspace.members.operator,
          { operation: 'snapshot_capture', tenantId: tenant.tenantId },
          { input: index % 2 === 0 ? {} : { policyIds: [`policy-${index % 5}`] } },
        ),
      ),
    ),
  );
  expect(await traces(gate.admin, workspace.id)).toMatchObject({ runs: 1, claims: 1, jobs: 1 });
  expect(results.filter((result) => outcomeOf(result) === 'accepted')).toHaveLength(1);
  const [holder] = results.filter((result) => outcomeOf(result) === 'accepted').map(runIdOf);
  for (const result of results) {
    if (result.kind === 'decided' && result.verdict.kind === 'scope_busy') {
      expect(result.verdict.holder.runId).toBe(holder);
    } else expect(runIdOf(result)).toBe(holder);
  }
  expect(commits).toBeLessThan(30);
  await gate.close();
});
