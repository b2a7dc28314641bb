import { principalOf } from '@signalbox/db/queries/access/memberships';
import { getWorkspace, type WorkspaceRecord } from '@signalbox/db/queries/workspace/workspaces';
import type { Capability } from '@signalbox/domain/access/capabilities';
import { type Actor, actorOf, type Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import { experimental_standaloneMiddleware } from '@trpc/server';
import type { AppContext, Caller } from '../context.ts';
import { callerProcedure, publicProcedure } from '../trpc.ts';
import { found, requireCapability } from './capability.ts';
import { givenText } from './given.ts';
import { requireFreshCode } from './step-up.ts';

/** Who changes a workspace, in the words of the audit, and the workspace. */
interface Chosen {
  readonly workspace: WorkspaceRecord;
  readonly actor: Actor;
}

/** An operation on the workspace `id`, which need not be the selected one. */
export function workspaceProcedure(capability: Capability) {
  return callerProcedure.use(async ({ ctx, getRawInput, next }) => {
    const id = givenText(await getRawInput(), 'id') ?? '';
    return next({ ctx: await ownWorkspace(ctx, id, capability) });
  });
}

/**
 * Asks for the shared secret where one is set, which is then the only credential; else for an owner with a fresh code.
 * Whether the workspace exists is told only to who may know: after the right secret, or to its members.
 */
export const requireSecretOrOwner = experimental_standaloneMiddleware<{ ctx: AppContext }>().create(
  async ({ ctx, getRawInput, next }) => {
    const id = givenText(await getRawInput(), 'id') ?? '';
    return next({ ctx: ctx.tierSecret === null ? await byOwner(ctx, id) : await bySecret(ctx, id) });
  },
);

/** The change of a workspace's tier. */
export const tierProcedure = publicProcedure.use(requireSecretOrOwner);

async function bySecret(ctx: AppContext, id: string): Promise<Chosen> {
  const given = ctx.headers['x-webhook-secret'];
  const right = ctx.tierSecret?.matches(given === undefined ? undefined : String(given)) ?? false;
  if (!right) throw new AppError({ code: 'secret_refused' });
  if (ctx.unknownTarget) throw new AppError({ code: 'not_found' });
  const workspace = found(await ctx.db.inWorkspace(id, getWorkspace));
  return { workspace, actor: { kind: 'system', name: 'tier secret' } };
}

async function byOwner(ctx: AppContext, id: string): Promise<Chosen> {
  const caller = await ctx.authenticate();
  if (caller === null) throw new AppError({ code: 'unauthenticated' });
  if (ctx.unknownTarget) throw new AppError({ code: 'not_found' });
  const own = await ownWorkspace({ db: ctx.db, caller }, id, 'workspace.tier');
  if (caller.session !== null) requireFreshCode(caller.session);
  return own;
}

/**
 * One of the caller's workspaces, with the role they have there.
 * @throws AppError not_found, forbidden
 */
async function ownWorkspace(
  { db, caller }: Pick<AppContext, 'db'> & { readonly caller: Caller },
  id: string,
  capability: Capability,
): Promise<Chosen> {
  const principal = found(await principalIn(db, caller, id));
  const workspace = found(await db.inWorkspace(id, getWorkspace));
  requireCapability(principal, capability);
  return { workspace, actor: actorOf(principal) };
}

/** The caller as they are in a workspace; null in one that is not theirs. */
async function principalIn(
  db: AppContext['db'],
  { principal, session }: Caller,
  id: string,
): Promise<Principal | null> {
  if (principal.workspaceId === id) return principal;
  const membership = session?.memberships.find(({ workspaceId }) => workspaceId === id);
  if (membership === undefined) return null;
  const { userId, username } = principal;
  return userId === null ? null : principalOf(db, { userId, username }, membership);
}
