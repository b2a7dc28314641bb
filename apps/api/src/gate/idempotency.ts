import { createHash } from 'node:crypto';
import type { ContractMeta } from '@signalbox/contracts/openapi/operation';
import { canonicalJson, type Json } from '@signalbox/domain/gate/canonical';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import type { AppContext } from '../context.ts';

/**
 * The Idempotency-Key of a call, bound to its operation and to what was asked: two bodies that mean the same after
 * parsing are the same body.
 */
export function idempotencyOf(
  ctx: Pick<AppContext, 'idempotencyKey'>,
  meta: ContractMeta,
  input: object,
): StartRequest['idempotency'] {
  const key = ctx.idempotencyKey;
  if (key === null) return null;
  const bodyHash = createHash('sha256')
    .update(canonicalJson(input as Json))
    .digest('hex');
  return { route: meta.contract.operationId, key, bodyHash };
}
