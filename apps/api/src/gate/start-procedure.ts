import { parseOperationInput } from '@signalbox/contracts/operation/parse-input';
import { getConnection } from '@signalbox/db/queries/connection/connections';
import { getTenant } from '@signalbox/db/queries/inventory/tenants';
import { AppError } from '@signalbox/domain/error/app-error';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { isOperation, type OperationName, operationRule } from '@signalbox/domain/operation/registry';
import { found, requireCapability } from '../access/capability.ts';
import { givenId, givenText } from '../access/given.ts';
import { callerProcedure } from '../trpc.ts';

/**
 * The beginning of a native start: tenant and connection must be visible and belong together (404), and the caller
 * must hold the operation's capability (403), before the body is judged.
 */
export const startProcedure = callerProcedure.use(async ({ ctx, getRawInput, next }) => {
  const { principal } = ctx;
  const raw = await getRawInput();
  const tenantId = givenId(raw, 'tenantId');
  const connectionId = givenId(raw, 'connectionId');
  const startTenantId = await ctx.db.inWorkspace(principal.workspaceId, async (tx) => {
    const tenant = tenantId === undefined ? null : found(await getTenant(tx, principal, { id: tenantId }));
    if (connectionId === undefined) return tenant?.id ?? null;
    const connection = found(await getConnection(tx, principal, connectionId));
    if (tenant !== null && connection.tenant?.id !== tenant.id) throw new AppError({ code: 'not_found' });
    return connection.tenant?.id ?? null;
  });
  const operation = givenText(raw, 'operation') ?? '';
  if (isOperation(operation)) requireCapability(principal, operationRule(operation).capability);
  return next({ ctx: { startTenantId } });
});

/**
 * The tenant of a start.
 * @throws AppError invalid_input when neither a tenant nor a connection was named
 */
export function tenantOfStart(startTenantId: number | null): number {
  if (startTenantId !== null) return startTenantId;
  const errors = [{ pointer: '/tenantId', detail: 'must name the tenant to work on' }];
  throw new AppError({ code: 'invalid_input', errors });
}

/**
 * The input of an operation, judged by the operation's own shape.
 * @throws AppError invalid_input with pointers below `/input`
 */
export function operationInput(operation: OperationName, input: unknown): JsonObject {
  const parsed = parseOperationInput(operation, input);
  if (!parsed.ok) throw new AppError({ code: 'invalid_input', errors: parsed.errors });
  return parsed.value as JsonObject;
}
