import { setImmediate as nextTurn } from 'node:timers/promises';
import { coalesceStarts, largestBatch, type StartBatch } from '@signalbox/db/commands/gate/start-coalescer';
import { type StartResult, startRuns } from '@signalbox/db/commands/gate/start-runs';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import { startRequest } from '@signalbox/testing/fixtures/start-request';
import { makeTenant, makeWorkspace } from '@signalbox/testing/fixtures/workspace';
import { waitUntil } from '@signalbox/testing/wait-until';
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
const nameIn = (result: StartResult) => (result as unknown as { capability: string }).capability;

/** A gate that answers when the test lets it. */
function heldGate() {
  const batches: {
    workspaceId: string;
    names: string[];
    release: () => void;
    fail: (error: Error) => void;
  }[] = [];
  const gate: StartBatch = (workspaceId, requests) =>
    new Promise((resolve, reject) => {
      batches.push({
        workspaceId,
        names: requests.map(({ tags }) => tags[0] ?? ''),
        release: () => resolve(requests.map(answerTo)),
        fail: reject,
      });
    });
  return { batches, start: coalesceStarts(gate) };
}

test('a lone start goes at once, and what arrives while two batches commit shares the next one', async () => {
  const { batches, start } = heldGate();
  const answers = ['a', 'b', 'c', 'd', 'e'].map((name) => start(named(name)));
  expect(batches.map(({ names }) => names)).toEqual([['a'], ['b']]);
  batches[0]?.release();
  expect(nameIn(await (answers[0] as Promise<StartResult>))).toBe('a');
  await waitUntil('the next batch', () => batches.length === 3);
  expect(batches[2]?.names).toEqual(['c', 'd', 'e']);
  batches[1]?.release();
  batches[2]?.release();
  expect((await Promise.all(answers)).map(nameIn)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('each workspace has a line of its own', () => {
  const { batches, start } = heldGate();
  for (const workspaceId of ['ws-a', 'ws-a', 'ws-a', 'ws-b']) void start(named('x', { workspaceId }));
  expect(batches.map(({ workspaceId }) => workspaceId)).toEqual(['ws-a', 'ws-a', 'ws-b']);
});

test('a batch is bounded, and nobody is forgotten behind it', async () => {
  const sizes: number[] = [];
  const start = coalesceStarts(async (_, requests) => {
    sizes.push(requests.length);
    await nextTurn();
    return requests.map(answerTo);
  });
  const names = Array.from({ length: 2 * largestBatch + 5 }, (_, index) => String(index));
  const answers = await Promise.all(names.map((name) => start(named(name))));
  expect(answers.map(nameIn)).toEqual(names);
  expect(sizes.sort((a, b) => b - a)).toEqual([largestBatch, largestBatch, 3, 1, 1]);
});

test('starts under the same Idempotency-Key never share a batch', async () => {
  const { batches, start } = heldGate();
  void start(named('first'));
  void start(named('second'));
  for (const name of ['x', 'y', 'z']) void start(named(name, { key: name === 'z' ? 'other' : 'same' }));
  batches[0]?.release();
  await waitUntil('the next batch', () => batches.length === 3);
  expect(batches[2]?.names).toEqual(['x', 'z']);
});

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

test('when the database is away everybody hears so, and nothing is tried one by one', async () => {
  const { batches, start } = heldGate();
  const answers = ['a', 'b', 'c', 'd'].map((name) => start(named(name)));
  const settled = Promise.allSettled(answers);
  batches[0]?.release();
  await waitUntil('the shared batch', () => batches.length === 3);
  batches[1]?.release();
  batches[2]?.fail(Object.assign(new Error('away'), { code: 'CONNECTION_CLOSED' }));
  expect((await settled).map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'rejected',
  ]);
  expect(batches).toHaveLength(3);
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
