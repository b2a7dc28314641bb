import { getSession } from '@signalbox/db/queries/onboarding/sessions';
import { bootstrapTasks } from '@signalbox/domain/onboarding/tasks';
import { found, requireCapability } from '../../access/capability.ts';
import { given, givenId } from '../../access/given.ts';
import { seen } from '../../access/procedures.ts';
import { callerProcedure } from '../../trpc.ts';
import { requireStart, seeConnectionOf } from '../provider-dispatch/dispatch-procedures.ts';
import { requireEditor } from './session-procedures.ts';

/** How a contract names what a bootstrap is about. */
interface Names {
  readonly session: 'id' | 'session';
  readonly connection: 'connectionId' | 'providerConnectionId';
  readonly operations: 'operations' | 'selectedOperations';
}

/**
 * The beginning of a bootstrap: the session must be visible and the connection one of its tenant (404), and the caller
 * must be able to edit the onboarding, also as somebody, and to start each operation that is named (403), before the body
 * is judged.
 */
export function bootstrapProcedure(names: Names) {
  return callerProcedure.use(async ({ ctx, getRawInput, next }) => {
    const { principal } = ctx;
    const raw = await getRawInput();
    const id = givenId(raw, names.session);
    const session = found(
      id === undefined
        ? null
        : await ctx.db.inWorkspace(principal.workspaceId, (tx) => getSession(tx, principal, id)),
    );
    const connectionId = givenId(raw, names.connection);
    if (connectionId !== undefined)
      await seeConnectionOf(ctx, { id: connectionId, tenantId: session.tenant.id });
    requireCapability(principal, 'onboarding.edit');
    const named = given(raw, names.operations);
    for (const task of bootstrapTasks)
      if (Array.isArray(named) && named.includes(task)) requireStart(principal, task);
    requireEditor(principal);
    return next({ ctx: { session } });
  });
}

/** An operation on the bootstrap of the session `id`. */
export const sessionBootstrapProcedure = callerProcedure.use(async ({ ctx, getRawInput, next }) => {
  const ask = { name: 'id', load: getSession, capability: 'onboarding.edit' } as const;
  const session = await seen(ctx, await getRawInput(), ask);
  return next({ ctx: { session } });
});
