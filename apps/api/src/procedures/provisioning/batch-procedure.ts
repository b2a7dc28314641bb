import { toFaults } from '@signalbox/contracts/problem/to-faults';
import { uid } from '@signalbox/contracts/shape/ids';
import { getBatch } from '@signalbox/db/queries/provisioning/batch';
import type { Capability } from '@signalbox/domain/access/capabilities';
import { AppError } from '@signalbox/domain/error/app-error';
import { operationRule } from '@signalbox/domain/operation/registry';
import { batchOperationTypes, operationOfType } from '@signalbox/domain/provisioning/batch-operation';
import { found, requireCapability } from '../../access/capability.ts';
import { given, givenText } from '../../access/given.ts';
import { callerProcedure } from '../../trpc.ts';

/** An operation on the batch whose uuid is named by `name`. */
export function batchProcedure(name: 'id' | 'batchId', capability: Capability) {
  return callerProcedure.use(async ({ ctx, getRawInput, next }) => {
    const { principal } = ctx;
    const named = uid.safeParse(given(await getRawInput(), name));
    const batch =
      named.success &&
      found(await ctx.db.inWorkspace(principal.workspaceId, (tx) => getBatch(tx, named.data)));
    requireCapability(principal, capability);
    if (!named.success || batch === false) {
      const errors = named.error === undefined ? [] : toFaults(named.error, `/${name}`);
      throw new AppError({ code: 'invalid_input', errors });
    }
    return next({ ctx: { batch } });
  });
}

/**
 * The beginning of a new batch: the caller must hold the capability of every operation it is made of, before the body
 * is judged. Where the body names none, that of the most usual one.
 */
export const newBatchProcedure = callerProcedure.use(async ({ ctx, getRawInput, next }) => {
  const operations = given(await getRawInput(), 'operations');
  const types = new Set(Array.isArray(operations) ? operations.map((each) => givenText(each, 'type')) : []);
  const named = batchOperationTypes.filter((type) => types.has(type));
  for (const type of named.length === 0 ? (['server_batch'] as const) : named)
    requireCapability(ctx.principal, operationRule(operationOfType[type]).capability);
  return next();
});
