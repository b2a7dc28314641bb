import { entityId } from '@signalbox/contracts/shape/ids';
import { getInvitation } from '@signalbox/db/queries/access/invitations';
import { getMember } from '@signalbox/db/queries/access/members';
import { namedTenants } from '@signalbox/db/queries/access/named-tenants';
import type { Capability } from '@signalbox/domain/access/capabilities';
import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import type { AppContext } from '../context.ts';
import { callerProcedure } from '../trpc.ts';
import { requireCapability } from './capability.ts';
import { given } from './given.ts';
import { seen } from './procedures.ts';

/** The most tenants a list may name; longer ones are told by the schema. */
const longestList = 1_000;

/** An operation on the member `id`, and on the tenants it may name. */
export function memberByIdProcedure(capability: Capability) {
  return callerProcedure.use(async ({ ctx, getRawInput, next }) => {
    const raw = await getRawInput();
    const also = () => requireTenants(ctx, raw);
    const member = await seen(ctx, raw, { name: 'id', load: getMember, capability, also });
    return next({ ctx: { member } });
  });
}

/** An operation that offers somebody a place, with the tenants it may name. */
export const placeProcedure = callerProcedure.use(async ({ ctx, getRawInput, next }) => {
  await requireTenants(ctx, await getRawInput());
  requireCapability(ctx.principal, 'member.manage');
  return next();
});

/** An operation on the invitation `id`. Invitations are seen by those who manage members only. */
export const invitationProcedure = callerProcedure.use(async ({ ctx, getRawInput, next }) => {
  const ask = { name: 'id', load: getInvitation, capability: 'member.manage' } as const;
  const invitation = await seen(ctx, await getRawInput(), ask);
  return next({ ctx: { invitation } });
});

/**
 * Every tenant that `tenants` names must be visible to the caller.
 * @throws AppError not_found
 */
async function requireTenants(
  ctx: Pick<AppContext, 'db'> & { readonly principal: Principal },
  raw: unknown,
): Promise<void> {
  const list = given(raw, 'tenants');
  if (!Array.isArray(list) || list.length > longestList) return;
  const ids = new Set(list.flatMap((id) => entityId.safeParse(id).data ?? []));
  if (ids.size === 0) return;
  const { db, principal } = ctx;
  const known = await db.inWorkspace(principal.workspaceId, (tx) => namedTenants(tx, principal, [...ids]));
  if (known.length < ids.size) throw new AppError({ code: 'not_found' });
}
