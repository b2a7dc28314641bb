import type { Principal } from '@signalbox/domain/access/principal';
import { isServerProvider } from '@signalbox/domain/connection/providers';
import { operationOfType, typeOfOperation } from '@signalbox/domain/provisioning/batch-operation';
import type { BatchWork } from '@signalbox/domain/provisioning/batch-work';
import { sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import { type BatchDetail, getBatch } from '../../queries/provisioning/batch.ts';
import type { BatchItemRecord } from '../../queries/provisioning/batch-items.ts';
import type { Idempotency, Once } from '../gate/keep-once.ts';
import { admitBatch, type BatchRefusal } from './admit-batch.ts';
import { batchOnce } from './create-batch.ts';

/** Why the rest of a batch is not tried again. */
export type RetryRefusal =
  | BatchRefusal
  | { readonly kind: 'running' | 'nothing_left' }
  /** Another batch, by its uuid, tries it again or has done it. */
  | { readonly kind: 'retried'; readonly by: string };

/**
 * Admits a new batch of what did not succeed in an earlier one, and of what was undone. What it depended on and stands
 * is not waited for again; task services go to the servers they were meant for. The lock of the earlier batch lets one
 * retry at a time.
 * @throws GateBusy after three lost races
 */
export async function retryBatch(
  db: Database,
  principal: Principal,
  wish: { readonly uid: string; readonly idempotency: Idempotency; readonly requestId: string | null },
): Promise<Once<BatchDetail, RetryRefusal>> {
  const { uid, idempotency, requestId } = wish;
  return batchOnce(db, principal, {
    idempotency,
    make: (tx) => retry(tx, principal, { uid, requestId }),
  });
}

async function retry(
  tx: WorkspaceTransaction,
  principal: Principal,
  { uid, requestId }: { readonly uid: string; readonly requestId: string | null },
): Promise<{ made: BatchDetail } | { refused: RetryRefusal }> {
  await tx.query.execute(sql`
    select id from plans where workspace_id = ${tx.workspaceId} and kind = 'batch' and uid = ${uid} for no key update`);
  const batch = await getBatch(tx, uid);
  if (batch === null) throw new Error(`The batch ${uid} is not there.`);
  if (batch.status === 'working') return { refused: { kind: 'running' } };
  if (batch.retriedBy !== null) return { refused: { kind: 'retried', by: batch.retriedBy } };
  const left = leftOf(batch);
  if (left.length === 0) return { refused: { kind: 'nothing_left' } };
  const byKey = (items: readonly BatchItemRecord[]) => new Map(items.map((item) => [item.key, item]));
  const [rest, all] = [byKey(left), byKey(batch.items)];
  const { name, version, storageBackend, parallelLimit, rollbackEnabled } = batch;
  return admitBatch(tx, principal, {
    ...{ name, version, storageBackend, parallelLimit, rollbackEnabled, requestId },
    works: left.map((item) => workOf(item, rest, all)),
    ownInfra: null,
    parentPlanId: batch.id,
  });
}

/** What is left of a batch: all that did not succeed, and what was undone of what did. */
export function leftOf(batch: Pick<BatchDetail, 'items'>): BatchItemRecord[] {
  return batch.items.filter(({ status, changes }) => status !== 'done' || changes.undone > 0);
}

function workOf(item: BatchItemRecord, left: ReadonlyMap<string, BatchItemRecord>, all: Items): BatchWork {
  const { key, operation, input } = item;
  const { provider, infra } = input;
  const type = typeOfOperation(operation);
  if (type === null || !isServerProvider(provider) || typeof infra !== 'string')
    throw new Error(`The operation ${key} is none of a batch.`);
  const dependencies = needsWithin(item, left, all);
  return { key, operation: operationOfType[type], provider, infra, dependencies, input };
}

type Items = ReadonlyMap<string, BatchItemRecord>;

/** What an item waits for of what is left: through what is done and stands, it waits for whatever that waited for. */
function needsWithin(item: BatchItemRecord, left: Items, all: Items): string[] {
  const seen = new Set(item.needs);
  // Grows while it is walked.
  for (const key of seen) {
    if (left.has(key)) continue;
    for (const need of all.get(key)?.needs ?? []) seen.add(need);
  }
  return [...seen].filter((key) => left.has(key));
}
