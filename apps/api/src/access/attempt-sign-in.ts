import { type OpenedSession, signIn } from '@signalbox/db/commands/access/sign-in';
import { AppError } from '@signalbox/domain/error/app-error';
import type { AppContext } from '../context.ts';

type Needs = Pick<
  AppContext,
  'db' | 'keyring' | 'limits' | 'devices' | 'headers' | 'remoteAddress' | 'requestId'
>;

/** What a person typed, on either of the two ways in. */
export interface TypedCredentials {
  readonly username: string;
  readonly password: string;
  readonly code: string | undefined;
  readonly kind: 'console' | 'token';
}

/**
 * Opens a session for a person. Limits are asked first, so that under a lock the right password and a wrong one get the
 * same answer for the same work.
 * @throws AppError sign_in_refused, mfa_required, throttled, unavailable
 */
export async function attemptSignIn(ctx: Needs, typed: TypedCredentials): Promise<OpenedSession> {
  const { db, keyring, devices, headers, remoteAddress: address, requestId } = ctx;
  const { username, code } = typed;
  const device = devices.read(headers, username);
  const attempt = await ctx.limits.signIn({ username, address, device, withCode: code !== undefined });
  const userAgent = headers['user-agent'] ?? null;
  const outcome = await signIn(db, keyring, { ...typed, userAgent, address, requestId });
  if (outcome.kind === 'refused') throw new AppError({ code: 'sign_in_refused' });
  // With the right password and no code nothing was guessed yet.
  await attempt.succeeded();
  if (outcome.kind === 'code_missing') throw new AppError({ code: 'mfa_required' });
  return outcome.session;
}

/** Lets a device on which somebody has just signed in have attempts of its own from now on. */
export function rememberDevice(
  { devices, headers, reply }: Pick<AppContext, 'devices' | 'headers' | 'reply'>,
  { username }: Pick<OpenedSession, 'username'>,
): void {
  if (devices.read(headers, username) === null) reply.header('set-cookie', devices.write(username));
}
