import { createHash, timingSafeEqual } from 'node:crypto';
import type { FaultRule } from '../http/faults.ts';
import { pause } from '../http/pause.ts';
import type { WireReply, WireRequest } from '../http/wire.ts';
import { upcloudPlans, upcloudZones } from './catalogue.ts';
import type { UpcloudAccount, UpcloudEmulator } from './context.ts';
import { upcloudError, usualUpcloudCode } from './errors.ts';
import { createServer, listServers, oneServer } from './servers.ts';

/** One request: fault, credential, limit, route, in that order. */
export async function upcloudPipeline(emulator: UpcloudEmulator, request: WireRequest): Promise<WireReply> {
  const { pathname: path, search } = request.url;
  const fault = emulator.faults.take({ method: request.method, path, query: search, tenant: undefined });
  if (fault?.delayMs !== undefined) await pause(fault.delayMs);
  const instead = fault === undefined ? undefined : faultReply(fault);
  if (instead !== undefined && fault?.afterEffect !== true) return instead;
  const reply = answer(emulator, request);
  if (request.method !== 'GET' && reply.status !== 401) {
    const entry = { method: request.method, path, status: reply.status };
    emulator.writes = [...emulator.writes, entry].slice(-1000);
  }
  return instead ?? reply;
}

function faultReply(fault: FaultRule): WireReply | undefined {
  if (fault.dropConnection === true) return { status: 0, drop: true };
  if (fault.text !== undefined) return { status: fault.status ?? 200, text: fault.text };
  if (fault.status === undefined) return undefined;
  const reply = upcloudError(
    fault.status,
    fault.code ?? usualUpcloudCode(fault.status),
    'Injected by the emulator.',
  );
  return fault.retryAfter === undefined
    ? reply
    : { ...reply, headers: { 'Retry-After': String(fault.retryAfter) } };
}

function answer(emulator: UpcloudEmulator, request: WireRequest): WireReply {
  if (!admitted(emulator.account, request.headers.authorization ?? '')) {
    const text = 'Authentication failed using the given username and password.';
    return upcloudError(401, 'AUTHENTICATION_FAILED', text);
  }
  const limited = takeLimit(emulator);
  if (limited !== undefined) return limited;
  const { pathname } = request.url;
  const one = /^\/1\.3\/server\/([^/]+)(?:\/(start|stop))?$/.exec(pathname);
  if (one !== null) return oneServer(emulator, request, { uuid: one[1] ?? '', deed: one[2] });
  switch (`${request.method} ${pathname}`) {
    case 'GET /1.3/server':
      return listServers(emulator, request);
    case 'POST /1.3/server':
      return createServer(emulator, request);
    case 'GET /1.3/plan':
      return { status: 200, body: { plans: { plan: upcloudPlans.map((plan) => ({ ...plan })) } } };
    case 'GET /1.3/zone':
      return { status: 200, body: { zones: { zone: upcloudZones.map((zone) => ({ ...zone })) } } };
    case 'GET /1.3/storage/private': {
      const storage = emulator.world.storages().map(({ server, ...disk }) => ({
        ...disk,
        access: 'private',
        servers: { server: server === null ? [] : [server] },
        state: 'online',
        type: 'normal',
      }));
      return { status: 200, body: { storages: { storage } } };
    }
    case 'GET /1.3/account':
      return { status: 200, body: { account: { credits: 10_000, username: emulator.account.username } } };
    default:
      return upcloudError(404, 'NOT_FOUND', 'The requested resource does not exist.');
  }
}

/** Basic credentials of the account, or its token. */
function admitted(account: UpcloudAccount, header: string): boolean {
  const basic = Buffer.from(`${account.username}:${account.password}`).toString('base64');
  return [`Basic ${basic}`, `Bearer ${account.token}`].some((wanted) =>
    timingSafeEqual(digest(wanted), digest(header)),
  );
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function takeLimit(emulator: UpcloudEmulator): WireReply | undefined {
  const limit = emulator.settings.rateLimit;
  if (limit === null) return undefined;
  const now = emulator.now();
  emulator.recent = emulator.recent.filter((at) => at > now - limit.windowMs);
  const oldest = emulator.recent[0];
  if (emulator.recent.length < limit.requests || oldest === undefined) {
    emulator.recent.push(now);
    return undefined;
  }
  const reply = upcloudError(429, 'RATE_LIMITED', 'There are too many requests.');
  const seconds = Math.max(1, Math.ceil((oldest + limit.windowMs - now) / 1000));
  return emulator.settings.retryAfter ? { ...reply, headers: { 'Retry-After': String(seconds) } } : reply;
}
