import { getInfra } from '@signalbox/db/queries/provisioning/infras';
import { type OperationOn, operationRule, operationsOn } from '@signalbox/domain/operation/registry';
import { isObjectName } from '@signalbox/domain/provisioning/names';
import { found, requireCapability } from '../../access/capability.ts';
import { givenText } from '../../access/given.ts';
import { callerProcedure } from '../../trpc.ts';

/**
 * The beginning of a workflow: the infra must be there (404) and the caller must hold the capability of what is to be
 * done (403) before the body is judged.
 * @param operationOf what a body, which may be anything, asks for
 */
export function workflowProcedure(operationOf: (raw: unknown) => OperationOn<'provisioning'>) {
  return callerProcedure.use(async ({ ctx, getRawInput, next }) => {
    const { db, principal } = ctx;
    const raw = await getRawInput();
    const infra = givenText(raw, 'infra') ?? '';
    if (isObjectName(infra)) found(await db.inWorkspace(principal.workspaceId, (tx) => getInfra(tx, infra)));
    requireCapability(principal, operationRule(operationOf(raw)).capability);
    return next();
  });
}

/** The operation that a body names by its verb; where it names none there is, the first one stands for it. */
export function verbOf(thing: 'taskserv' | 'cluster', verbs: readonly string[]) {
  return (raw: unknown): OperationOn<'provisioning'> => {
    const named = givenText(raw, 'operation');
    const wanted = `${verbs.find((each) => each === named) ?? verbs[0]}_${thing}`;
    const operation = operationsOn('provisioning').find((name) => name === wanted);
    if (operation === undefined) throw new Error(`There is no operation ${wanted}.`);
    return operation;
  };
}
