import type { WorkspaceTransaction } from '@signalbox/db/client/database';
import { getBackupSet } from '@signalbox/db/queries/backup/backup-sets';
import { getConnection } from '@signalbox/db/queries/connection/connections';
import { getTenant } from '@signalbox/db/queries/inventory/tenants';
import { getNotification } from '@signalbox/db/queries/notification/notifications';
import { getPlan } from '@signalbox/db/queries/plan/plans';
import { getRun } from '@signalbox/db/queries/run/get-run';
import { getSavedView } from '@signalbox/db/queries/saved-view/saved-views';
import type { Capability } from '@signalbox/domain/access/capabilities';
import type { Principal } from '@signalbox/domain/access/principal';
import type { AppContext } from '../context.ts';
import { callerProcedure, personProcedure } from '../trpc.ts';
import { found, requireCapability } from './capability.ts';
import { givenId, refuseId } from './given.ts';

/**
 * The beginnings of procedures. Each asks, in this order and before any input is judged: is the thing visible (404),
 * may the caller do this (403), is its id well-formed (400).
 */

type Load<T, TPrincipal = Principal> = (
  tx: WorkspaceTransaction,
  principal: TPrincipal,
  id: number,
) => Promise<T | null>;

const runById = (tx: WorkspaceTransaction, principal: Principal, id: number) => getRun(tx, principal, { id });
const tenantById = (tx: WorkspaceTransaction, principal: Principal, id: number) =>
  getTenant(tx, principal, { id });

type Asker<TPrincipal> = Pick<AppContext, 'db'> & { readonly principal: TPrincipal };

/** The thing a caller named, asked for in the order above. */
export async function seen<T, TPrincipal extends Principal>(
  ctx: Asker<TPrincipal>,
  raw: unknown,
  ask: {
    name: string;
    load: Load<T, TPrincipal>;
    capability: Capability;
    /** What else is named and must be visible. */
    also?: () => Promise<void>;
  },
) {
  const id = givenId(raw, ask.name);
  const thing =
    id === undefined
      ? undefined
      : found(await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) => ask.load(tx, ctx.principal, id)));
  await ask.also?.();
  requireCapability(ctx.principal, ask.capability);
  if (thing === undefined) throw refuseId(raw, ask.name);
  return thing;
}

/** An operation on nothing in particular. */
export function memberProcedure(capability: Capability) {
  return callerProcedure.use(async ({ ctx, next }) => {
    requireCapability(ctx.principal, capability);
    return next();
  });
}

/** An operation on what is the caller's own, which is a person. */
export function memberPersonProcedure(capability: Capability) {
  return personProcedure.use(async ({ ctx, next }) => {
    requireCapability(ctx.principal, capability);
    return next();
  });
}

/** An operation on the run `id`. */
export function runProcedure(capability: Capability) {
  return callerProcedure.use(async ({ ctx, getRawInput, next }) => {
    const run = await seen(ctx, await getRawInput(), { name: 'id', load: runById, capability });
    return next({ ctx: { run } });
  });
}

/** An operation on the tenant named by `name`. */
export function tenantProcedure(capability: Capability, name: 'id' | 'tenantId') {
  return callerProcedure.use(async ({ ctx, getRawInput, next }) => {
    const tenant = await seen(ctx, await getRawInput(), { name, load: tenantById, capability });
    return next({ ctx: { tenant } });
  });
}

/** An operation on the provider connection `id`. */
export function connectionProcedure(capability: Capability) {
  return callerProcedure.use(async ({ ctx, getRawInput, next }) => {
    const connection = await seen(ctx, await getRawInput(), { name: 'id', load: getConnection, capability });
    return next({ ctx: { connection } });
  });
}

/** An operation on the bulk action `id`. */
export const bulkProcedure = callerProcedure.use(async ({ ctx, getRawInput, next }) => {
  const ask = { name: 'id', load: getPlan, capability: 'run.read' } as const;
  const bulk = await seen(ctx, await getRawInput(), ask);
  return next({ ctx: { bulk } });
});

/** An operation on the backup set `id`. */
export function backupSetProcedure(capability: Capability) {
  return callerProcedure.use(async ({ ctx, getRawInput, next }) => {
    const backupSet = await seen(ctx, await getRawInput(), { name: 'id', load: getBackupSet, capability });
    return next({ ctx: { backupSet } });
  });
}

/** An operation on the caller's own saved view `id`. */
export function savedViewProcedure(capability: Capability) {
  return personProcedure.use(async ({ ctx, getRawInput, next }) => {
    const savedView = await seen(ctx, await getRawInput(), { name: 'id', load: getSavedView, capability });
    return next({ ctx: { savedView } });
  });
}

/** An operation on `id`, something the caller was told. */
export const notificationProcedure = personProcedure.use(async ({ ctx, getRawInput, next }) => {
  const ask = { name: 'id', load: getNotification, capability: 'run.read' } as const;
  await seen(ctx, await getRawInput(), ask);
  return next();
});
