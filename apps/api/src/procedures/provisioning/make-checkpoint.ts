import type { ContractMeta } from '@signalbox/contracts/openapi/operation';
import { createCheckpoint } from '@signalbox/db/commands/provisioning/create-checkpoint';
import type { CheckpointRecord } from '@signalbox/db/queries/provisioning/checkpoints';
import type { Principal } from '@signalbox/domain/access/principal';
import type { AppContext } from '../../context.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { madeOnce } from '../../gate/made-once.ts';

/** Makes a checkpoint for either surface. */
export async function makeCheckpoint(
  ctx: AppContext & { readonly principal: Principal },
  meta: ContractMeta,
  input: { readonly name: string; readonly description?: string | undefined },
): Promise<CheckpointRecord> {
  const { db, principal, requestId } = ctx;
  const { name, description = null } = input;
  const idempotency = idempotencyOf(ctx, meta, input);
  const once = await createCheckpoint(db, principal, { name, description, idempotency, requestId });
  return madeOnce(once, (refused) => refused);
}
