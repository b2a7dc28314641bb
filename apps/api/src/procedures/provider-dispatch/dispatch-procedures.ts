import { getConnection } from '@signalbox/db/queries/connection/connections';
import { getTenant } from '@signalbox/db/queries/inventory/tenants';
import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import { type OperationOn, operationRule, operationsOn } from '@signalbox/domain/operation/registry';
import type { Surface } from '@signalbox/domain/operation/rule';
import { found, requireCapability } from '../../access/capability.ts';
import { givenId, givenText } from '../../access/given.ts';
import type { AppContext } from '../../context.ts';
import { callerProcedure } from '../../trpc.ts';

type Caller = Pick<AppContext, 'db'> & { readonly principal: Principal };

/**
 * The operation a path names, on the door it names.
 * @throws AppError not_found when it cannot be started there, forbidden without its capability
 */
export function operationAt<TSurface extends Surface>(
  surface: TSurface,
  raw: unknown,
): OperationOn<TSurface> {
  const named = givenText(raw, 'operation');
  return found(operationsOn(surface).find((name) => name === named));
}

/**
 * The connection a body names must be one of the tenant, or it does not exist.
 * @throws AppError not_found
 */
export async function seeNamedConnection(ctx: Caller, raw: unknown, tenantId: number): Promise<void> {
  const id = givenId(raw, 'providerConnectionId');
  if (id !== undefined) await seeConnectionOf(ctx, { id, tenantId });
}

/**
 * A connection that is not of the tenant does not exist.
 * @throws AppError not_found
 */
export async function seeConnectionOf(
  ctx: Caller,
  { id, tenantId }: { readonly id: number; readonly tenantId: number },
): Promise<void> {
  const connection = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
    getConnection(tx, ctx.principal, id),
  );
  if (connection?.tenant?.id !== tenantId) throw new AppError({ code: 'not_found' });
}

/** The beginning of a start for the tenant that the contract names by its external id, which must be visible. */
export const dispatchTenantProcedure = callerProcedure.use(async ({ ctx, getRawInput, next }) => {
  const { principal } = ctx;
  const raw = await getRawInput();
  const externalId = givenText(raw, 'tenant') ?? '';
  const tenant = found(
    await ctx.db.inWorkspace(principal.workspaceId, (tx) => getTenant(tx, principal, { externalId })),
  );
  await seeNamedConnection(ctx, raw, tenant.id);
  return next({ ctx: { tenant } });
});

/** Asks for the capability of the operation to be started. */
export function requireStart(principal: Principal, operation: Parameters<typeof operationRule>[0]): void {
  requireCapability(principal, operationRule(operation).capability);
}
