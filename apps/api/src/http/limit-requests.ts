import { hash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import { AppError } from '@signalbox/domain/error/app-error';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf, remoteAddress } from './remote-address.ts';
import { sendProblem } from './send-problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether requests of the route count; those that never ask the database do not. */
    limited?: boolean;
  }
  interface FastifyRequest {
    /** Says who the request turned out to come from, so that the next ones with its credential count as theirs. */
    proven?: (who: string) => void;
  }
}

const windowMs = 60_000;
/** How long a credential counts as its owner's without having been looked at again, and how many are remembered. */
const remembered = { forMs: 300_000, most: 10_000 } as const;

/**
 * Counts requests, by whoever sent the credential once that was proven, and by address before that: made-up
 * credentials count as their address, and so does the first request of a real one. A request beyond the limit is
 * answered 429 before anything is read or asked of the database.
 *
 * The counters belong to this process. Limits that must hold across processes, such as those of sign-in, are kept in
 * the database.
 */
export async function limitRequests(app: FastifyInstance, perMinute: number): Promise<void> {
  await app.register(rateLimit, { global: false, cache: remembered.most });
  const owners = new Map<string, { readonly who: string; readonly until: number }>();
  const count = app.createRateLimit({
    max: perMinute,
    timeWindow: windowMs,
    keyGenerator: (request) => keyOf(request as FastifyRequest, owners),
  });
  app.decorateRequest('proven', undefined);

  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    const { config } = request.routeOptions;
    if (!request.is404 && config.limited !== true) return undefined;
    const credential = credentialOf(request);
    if (credential !== null) request.proven = (who) => remember(owners, credential, who);
    const state = await count(request);
    if (state.isAllowed) return undefined;
    reply.headers({
      'ratelimit-limit': state.max,
      'ratelimit-remaining': state.remaining,
      'ratelimit-reset': state.ttlInSeconds,
    });
    if (!state.isExceeded) return undefined;
    const retryAfterSeconds = Math.max(1, state.ttlInSeconds);
    return sendProblem(
      reply,
      new AppError({ code: 'throttled', retryAfterSeconds }),
      config.dialect ?? 'native',
    );
  });
}

type Owners = Map<string, { readonly who: string; readonly until: number }>;

function keyOf(request: FastifyRequest, owners: Owners): string {
  const credential = credentialOf(request);
  const owner = credential === null ? undefined : owners.get(credential);
  if (owner !== undefined && owner.until > performance.now()) return owner.who;
  return `address:${networkOf(remoteAddress(request))}`;
}

/** What a request proves itself with, as a hash; null when there is nothing. */
function credentialOf({ headers }: FastifyRequest): string | null {
  const sent = headers.authorization ?? headers.cookie;
  return sent === undefined || sent === '' ? null : hash('sha256', sent, 'base64url');
}

/** Keeps the newest; the oldest goes first when there are too many. */
function remember(owners: Owners, credential: string, who: string): void {
  owners.delete(credential);
  owners.set(credential, { who, until: performance.now() + remembered.forMs });
  const [oldest] = owners.keys();
  if (owners.size > remembered.most && oldest !== undefined) owners.delete(oldest);
}
