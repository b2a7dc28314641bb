import { type Editor, isEditor } from '@signalbox/db/commands/onboarding/editor';
import { getMember } from '@signalbox/db/queries/access/members';
import { getSession } from '@signalbox/db/queries/onboarding/sessions';
import { type Capability, type Role, roleHolds } from '@signalbox/domain/access/capabilities';
import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import { found, requireCapability } from '../../access/capability.ts';
import { given, givenId } from '../../access/given.ts';
import { seen } from '../../access/procedures.ts';
import { requireFreshCode } from '../../access/step-up.ts';
import type { AppContext, Caller } from '../../context.ts';
import { callerProcedure } from '../../trpc.ts';
import { seeConnectionOf } from '../provider-dispatch/dispatch-procedures.ts';

type Asker = Pick<AppContext, 'db'> & { readonly principal: Principal };

/** An operation on the onboarding session `id`. */
export function sessionProcedure(capability: Capability) {
  return callerProcedure.use(async ({ ctx, getRawInput, next }) => {
    const session = await seen(ctx, await getRawInput(), { name: 'id', load: getSession, capability });
    return next({ ctx: { session } });
  });
}

/** The same for who edits: a person, or a key that acts for one. */
export const editProcedure = sessionProcedure('onboarding.edit').use(({ ctx, next }) =>
  next({ ctx: { editor: requireEditor(ctx.principal) } }),
);

/** A change that may name a connection of the tenant and a member who sees it; what is named must be there (404). */
export const changeProcedure = callerProcedure.use(async ({ ctx, getRawInput, next }) => {
  const { principal } = ctx;
  const raw = await getRawInput();
  const id = givenId(raw, 'id');
  const session = found(
    id === undefined
      ? null
      : await ctx.db.inWorkspace(principal.workspaceId, (tx) => getSession(tx, principal, id)),
  );
  const tenantId = session.tenant.id;
  const connectionId = givenId(raw, 'connectionId');
  if (connectionId !== undefined) await seeConnectionOf(ctx, { id: connectionId, tenantId });
  const assignee = await assigneeOf(ctx, raw, { name: 'assigneeUserId', tenantId });
  requireCapability(principal, 'onboarding.edit');
  const editor = requireEditor(principal);
  requireAssignable(assignee, 'assigneeUserId');
  return next({ ctx: { session, assignee, editor } });
});

/** The contract's change of the session that it names below its tenant. */
export const contractChangeProcedure = callerProcedure.use(async ({ ctx, getRawInput, next }) => {
  const { principal } = ctx;
  const raw = await getRawInput();
  const [id, tenantId] = [givenId(raw, 'sessionId'), givenId(raw, 'tenantId')];
  const session =
    id === undefined
      ? null
      : await ctx.db.inWorkspace(principal.workspaceId, (tx) => getSession(tx, principal, id));
  if (session === null || session.tenant.id !== tenantId) throw new AppError({ code: 'not_found' });
  const assignee = await assigneeOf(ctx, raw, { name: 'assigned_to_user_id', tenantId });
  requireCapability(principal, 'onboarding.edit');
  const editor = requireEditor(principal);
  requireTakeover(ctx, raw);
  requireAssignable(assignee, 'assigned_to_user_id');
  return next({ ctx: { session, assignee, editor } });
});

/** @throws AppError person_required for a key that speaks for itself */
export function requireEditor(principal: Principal): Editor {
  if (!isEditor(principal)) throw new AppError({ code: 'person_required' });
  return principal;
}

/**
 * What taking a lock from somebody else asks for besides.
 * @throws AppError forbidden, step_up_required
 */
export function requireTakeover(
  { principal, caller }: { readonly principal: Principal; readonly caller: Caller },
  raw: unknown,
): void {
  if (given(raw, 'takeover') !== true) return;
  requireCapability(principal, 'onboarding.takeover');
  if (caller.session !== null) requireFreshCode(caller.session);
}

/** Somebody to whom a session is to be given; null for nobody, undefined when none was named. */
type Assignee = { readonly id: number; readonly username: string; readonly role: Role } | null | undefined;

/** @throws AppError not_found for somebody who does not see the tenant */
async function assigneeOf(
  { db, principal }: Asker,
  raw: unknown,
  { name, tenantId }: { readonly name: string; readonly tenantId: number },
): Promise<Assignee> {
  if (given(raw, name) === null) return null;
  const id = givenId(raw, name);
  if (id === undefined) return undefined;
  const member = found(await db.inWorkspace(principal.workspaceId, (tx) => getMember(tx, principal, id)));
  const sees = member.tenants === 'all' || member.tenants.some((tenant) => tenant.id === tenantId);
  if (!sees) throw new AppError({ code: 'not_found' });
  return { id: member.id, username: member.username, role: member.role };
}

/**
 * Asked once it is known that the caller may edit.
 * @throws AppError invalid_input for somebody who may not edit
 */
function requireAssignable(assignee: Assignee, name: string): void {
  if (!assignee || roleHolds(assignee.role, 'onboarding.edit')) return;
  const detail = 'names a member who may not edit an onboarding';
  throw new AppError({ code: 'invalid_input', errors: [{ pointer: `/${name}`, detail }] });
}
