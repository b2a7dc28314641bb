import type { Principal } from '@signalbox/domain/access/principal';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { type BatchDetail, reviveBatch } from '../../queries/provisioning/batch.ts';
import { type Idempotency, keepOnce, type Once } from '../gate/keep-once.ts';
import { GateBusy } from '../gate/start-runs.ts';
import { admitBatch, type BatchOrder, BatchRaceLost, type BatchRefusal } from './admit-batch.ts';

export type CreatedBatch = Once<BatchDetail, BatchRefusal>;

/**
 * Admits a batch, once for its Idempotency-Key. Nothing of it is begun yet: a worker goes through its operations, each
 * by the one door.
 * @throws GateBusy after three lost races
 */
export async function createBatch(
  db: Database,
  principal: Principal,
  wish: { readonly order: BatchOrder; readonly idempotency: Idempotency },
): Promise<CreatedBatch> {
  const { order, idempotency } = wish;
  return batchOnce(db, principal, { idempotency, make: (tx) => admitBatch(tx, principal, order) });
}

const tries = 3;

/**
 * Makes a batch in one transaction. Whoever loses the race for a scope looks again, and is then told who holds it.
 * @throws GateBusy after three lost races
 */
export async function batchOnce<TRefused>(
  db: Database,
  principal: Principal,
  deed: {
    readonly idempotency: Idempotency;
    make(tx: WorkspaceTransaction): Promise<{ made: BatchDetail } | { refused: TRefused }>;
  },
): Promise<Once<BatchDetail, TRefused>> {
  for (let attempt = 1; attempt <= tries; attempt++) {
    try {
      return await keepOnce(db, principal, { ...deed, revive: reviveBatch });
    } catch (error) {
      if (!(error instanceof BatchRaceLost)) throw error;
    }
  }
  throw new GateBusy('A batch lost three races in a row.');
}
