import { createHmac } from 'node:crypto';
import type { Database } from '@signalbox/db/client/database';
import { limiterStore } from '@signalbox/db/client/limiter-store';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import { foldUsername } from '@signalbox/domain/access/username';
import { AppError } from '@signalbox/domain/error/app-error';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from '../http/remote-address.ts';
import { derivedKeys } from './derived-keys.ts';

/** Attempts that are let through; what succeeds is given back, so these are attempts that fail. */
export interface LimitSettings {
  /** Sign-ins from one address, in 15 minutes. */
  readonly address: number;
  /** Sign-ins to one account from devices it was never used on, and from each device it was, in 15 minutes. */
  readonly account: number;
  /** Codes for one account at sign-in, and codes or passwords confirmed in one session, in an hour. */
  readonly codes: number;
  /** Refreshes from one address, in 15 minutes, whether they succeed or not. */
  readonly refresh: number;
}

export const defaultLimits: LimitSettings = { address: 100, account: 20, codes: 15, refresh: 600 };

/** An attempt that was let through. */
export interface Attempt {
  /** Gives it back, since it was no guess. */
  succeeded(): Promise<void>;
}

/** What a sign-in is counted by. */
export interface SignInFacts {
  readonly username: string;
  readonly address: string;
  /** The id of a device the person has signed in on, or null for any other. */
  readonly device: string | null;
  readonly withCode: boolean;
}

/**
 * Counts attempts in the database, so that all processes count together. Each answers when the attempt may be made.
 * Nothing is let through when the counters cannot be asked.
 * @throws AppError throttled, unavailable
 */
export interface Limits {
  signIn(facts: SignInFacts): Promise<Attempt>;
  /** A code, or the current password, given again in a session. */
  confirm(sessionId: number): Promise<Attempt>;
  refresh(address: string): Promise<Attempt>;
  /** A username somebody new asks for: a refusal tells that it is taken. Counted with the sign-ins of the address. */
  join(address: string): Promise<Attempt>;
}

const quarter = 15 * 60;
const hour = 60 * 60;
const comeBackSeconds = 2;

/** @throws Error without an envelope key */
export function createLimits(
  db: Pick<Database, 'asSystem'>,
  keyring: Keyring,
  settings: LimitSettings = defaultLimits,
): Limits {
  const [key] = derivedKeys(keyring, 'limits');
  const storeClient = limiterStore(db);
  const limiter = (name: string, points: number, duration: number) =>
    new RateLimiterPostgres({
      storeClient,
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix: name,
      points,
      duration,
      // Counters that are over are taken away by one of the limiters for all.
      clearExpiredByTimeout: name === 'address',
    });
  const byAddress = limiter('address', settings.address, quarter);
  const byAccount = limiter('account', settings.account, quarter);
  const byCode = limiter('code', settings.codes, hour);
  const byRefresh = limiter('refresh', settings.refresh, quarter);
  // Addresses and names are nobody's business in a table of counters, and a name may be a password typed in the wrong
  // field.
  const hashed = (...parts: string[]) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');

  return {
    signIn({ username, address, device, withCode }) {
      const account = hashed(foldUsername(username), device ?? '');
      return consume([
        // A known device has attempts of its own, also behind an address that others guess from.
        ...(device === null ? [[byAddress, hashed(networkOf(address))] as const] : []),
        [byAccount, account],
        ...(withCode ? [[byCode, account] as const] : []),
      ]);
    },
    confirm: (sessionId) => consume([[byCode, hashed('session', String(sessionId))]]),
    refresh: (address) => consume([[byRefresh, hashed(networkOf(address))]]),
    join: (address) => consume([[byAddress, hashed(networkOf(address))]]),
  };
}

type Counter = readonly [RateLimiterPostgres, string];

/** One after the other: an attempt that is refused at the first counter must not wear down the next. */
async function consume(counters: readonly Counter[]): Promise<Attempt> {
  for (const [limiter, key] of counters) await limiter.consume(key).catch(refuse);
  return {
    async succeeded() {
      for (const [limiter, key] of counters) await limiter.reward(key).catch(refuse);
    },
  };
}

/** A limiter that cannot count is a closed door. */
function refuse(cause: unknown): never {
  if (cause instanceof RateLimiterRes) {
    const retryAfterSeconds = Math.max(1, Math.ceil(cause.msBeforeNext / 1_000));
    throw new AppError({ code: 'throttled', retryAfterSeconds });
  }
  if (cause instanceof AppError) throw cause;
  throw new AppError({ code: 'unavailable', retryAfterSeconds: comeBackSeconds });
}
