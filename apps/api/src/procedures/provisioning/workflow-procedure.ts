import { isOperation, operationRule } from '@signalbox/domain/operation/registry';
import { requireCapability } from '../../access/capability.ts';
import { givenText } from '../../access/given.ts';
import { callerProcedure } from '../../trpc.ts';

/**
 * The beginning of a workflow whose body names what is done: the caller must hold the capability of that before the
 * body is judged. Where it names none there is, the first one stands for it.
 */
export function workflowProcedure<Verb extends string, Thing extends 'taskserv' | 'cluster'>(
  thing: Thing,
  verbs: readonly Verb[],
) {
  return callerProcedure.use(async ({ ctx, getRawInput, next }) => {
    const named = givenText(await getRawInput(), 'operation');
    const verb = verbs.find((each) => each === named) ?? verbs[0];
    const operation = `${verb}_${thing}`;
    if (!isOperation(operation)) throw new Error(`There is no operation ${operation}.`);
    requireCapability(ctx.principal, operationRule(operation).capability);
    return next();
  });
}
