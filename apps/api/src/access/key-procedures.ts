import { type ApiKeyRecord, getApiKey } from '@signalbox/db/queries/access/api-keys';
import { keyTooWide } from '@signalbox/domain/access/api-key';
import { type Capability, capabilities } from '@signalbox/domain/access/capabilities';
import type { Principal } from '@signalbox/domain/access/principal';
import { AppError } from '@signalbox/domain/error/app-error';
import { callerProcedure } from '../trpc.ts';
import { found, requireCapability } from './capability.ts';
import { given, givenText } from './given.ts';
import { memberProcedure } from './procedures.ts';

/** An operation on the API key `id`. */
export const apiKeyProcedure = callerProcedure.use(async ({ ctx, getRawInput, next }) => {
  const id = givenText(await getRawInput(), 'id') ?? '';
  const apiKey: ApiKeyRecord = found(
    await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) => getApiKey(tx, id)),
  );
  requireCapability(ctx.principal, 'key.manage');
  return next({ ctx: { apiKey } });
});

/** An operation that shows the secret of the API key `id` to the caller, who must be allowed all that it may do. */
export const apiKeySecretProcedure = apiKeyProcedure.use(async ({ ctx, next }) => {
  requireAsWide(ctx.principal, ctx.apiKey);
  return next();
});

/** The making of a key, which can do nothing that its maker may not. What it asks for is judged before its shape. */
export const newApiKeyProcedure = memberProcedure('key.manage').use(async ({ ctx, getRawInput, next }) => {
  const raw = await getRawInput();
  const asked = given(raw, 'capabilities');
  requireAsWide(ctx.principal, {
    capabilities: Array.isArray(asked) ? capabilities.filter((each) => asked.includes(each)) : [],
    mayActFor: given(raw, 'mayActFor') === true,
  });
  return next();
});

/** @throws AppError forbidden, person_required */
function requireAsWide(
  principal: Principal,
  key: { readonly capabilities: readonly Capability[]; readonly mayActFor: boolean },
): void {
  const problem = keyTooWide(principal, key);
  if (problem === null) return;
  throw new AppError(
    problem.lacks === 'person'
      ? { code: 'person_required' }
      : { code: 'forbidden', capability: problem.capability },
  );
}
