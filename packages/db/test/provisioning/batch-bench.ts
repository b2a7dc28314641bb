import { advancePlan } from '@signalbox/db/commands/plan/advance-plan';
import { type CancelledBatch, cancelBatch } from '@signalbox/db/commands/provisioning/cancel-batch';
import { type CreatedBatch, createBatch } from '@signalbox/db/commands/provisioning/create-batch';
import { type BatchDetail, getBatch } from '@signalbox/db/queries/provisioning/batch';
import type { Principal } from '@signalbox/domain/access/principal';
import { type BatchOperation, batchWork } from '@signalbox/domain/provisioning/batch-work';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import {
  makeServerConnection,
  makeWorkspace,
  type TestWorkspace,
} from '@signalbox/testing/fixtures/workspace';
import type { GateDatabase } from '../gate/gate-database.ts';
import { finishRun, takeRun } from '../onboarding/bootstrap-bench.ts';

/** What a test says of an operation of a batch; the rest follows from its id. */
export type Sketch = readonly [id: string, ...dependencies: string[]];

export interface BatchWishes {
  readonly name?: string;
  readonly parallelLimit?: number;
  readonly rollbackEnabled?: boolean;
  readonly key?: string;
  readonly body?: string;
}

/** A workspace with a connection to local servers, and short ways to its batches. */
export interface BatchBench {
  readonly workspace: TestWorkspace;
  readonly connectionId: number;
  create(
    sketches: readonly (Sketch | BatchOperation)[],
    wishes?: BatchWishes,
    by?: Principal,
  ): Promise<CreatedBatch>;
  /** Starts one that must be admitted; answers its uuid. */
  admitted(sketches: readonly (Sketch | BatchOperation)[], wishes?: BatchWishes): Promise<string>;
  batch(uid: string): Promise<BatchDetail>;
  /** How its operations stand, such as `a done`. */
  stands(uid: string): Promise<string[]>;
  advance(uid: string): Promise<void>;
  /** Ends the run of an operation as a worker does, and lets a worker go on with the batch. */
  end(uid: string, key: string, result?: WorkResult): Promise<void>;
  cancel(uid: string): Promise<CancelledBatch>;
}

export const failure = {
  kind: 'failed',
  error: { code: 'provider_unavailable', message: 'The provider did not answer.' },
} as const;

/** One server named as the operation. */
export function serverBatch([id, ...dependencies]: Sketch, infra?: string): BatchOperation {
  const server_configs = [{ name: id, plan: 'small', zone: 'local' }];
  const config = infra === undefined ? { server_configs } : { infra, server_configs };
  return { id, type: 'server_batch', provider: 'local', dependencies, config };
}

export async function makeBatchBench({ db }: GateDatabase): Promise<BatchBench> {
  const workspace = await makeWorkspace(db);
  const { operator } = workspace.members;
  const connectionId = await makeServerConnection(db, workspace.id, { provider: 'local' });
  const create: BatchBench['create'] = (sketches, wishes = {}, by = operator) => {
    const { name = 'demo', parallelLimit = 5, rollbackEnabled = false, key, body = 'same' } = wishes;
    const operations = sketches.map((each) => ('id' in each ? each : serverBatch(each)));
    return createBatch(db, by, {
      order: {
        ...{ name, version: '1.0.0', storageBackend: 'filesystem', parallelLimit, rollbackEnabled },
        works: batchWork(name, operations),
        ownInfra: operations.some(({ config }) => config?.infra === undefined) ? name : null,
        parentPlanId: null,
        requestId: 'req-1',
      },
      idempotency: key === undefined ? null : { route: 'createBatch', key, bodyHash: body },
    });
  };
  const batch = async (uid: string): Promise<BatchDetail> => {
    const found = await db.inWorkspace(workspace.id, (tx) => getBatch(tx, uid));
    if (found === null) throw new Error(`There is no batch ${uid}.`);
    return found;
  };
  const advance = async (uid: string): Promise<void> =>
    advancePlan(db, { workspaceId: workspace.id, planId: (await batch(uid)).id });
  return {
    ...{ workspace, connectionId, create, batch, advance },
    admitted: async (sketches, wishes) => {
      const made = await create(sketches, wishes);
      if (made.kind !== 'made') throw new Error(`Not admitted: ${JSON.stringify(made)}`);
      return made.made.uid;
    },
    stands: async (uid) => (await batch(uid)).items.map(({ key, status }) => `${key} ${status}`),
    end: async (uid, key, result) => {
      const run = (await batch(uid)).items.find((item) => item.key === key)?.run;
      if (!run) throw new Error(`${key} has no run.`);
      await db.inWorkspace(workspace.id, async (tx) => finishRun(tx, await takeRun(tx, run.id), { result }));
      await advance(uid);
    },
    cancel: async (uid) =>
      cancelBatch(db, operator, { planId: (await batch(uid)).id, reason: 'no more', requestId: null }),
  };
}
