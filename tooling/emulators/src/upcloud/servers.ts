import { isJsonObject, type Json, type JsonObject } from '../http/json.ts';
import { parseBody, type WireReply, type WireRequest } from '../http/wire.ts';
import { upcloudPlans } from './catalogue.ts';
import type { UpcloudEmulator } from './context.ts';
import { attributeError, upcloudError } from './errors.ts';
import { readServer } from './read-server.ts';
import { detailsOf, summaryOf } from './server-view.ts';
import type { UpcloudServer } from './world.ts';

/** `GET /1.3/server`: filtered by labels (`label=key` or `label=key=value`, all of them), a page at a time. */
export function listServers(emulator: UpcloudEmulator, { url }: WireRequest): WireReply {
  const limit = Number(url.searchParams.get('limit') ?? 100);
  const offset = Number(url.searchParams.get('offset') ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) return attributeError('limit', 'INVALID');
  if (!Number.isInteger(offset) || offset < 0) return attributeError('offset', 'INVALID');
  const length = Math.min(limit, emulator.settings.pageSize);
  const wanted = url.searchParams.getAll('label');
  const found = emulator.world
    .servers()
    .filter(({ labels }) =>
      wanted.every((label) => labels.some(({ key, value }) => label === key || label === `${key}=${value}`)),
    );
  return { status: 200, body: { servers: { server: found.slice(offset, offset + length).map(summaryOf) } } };
}

/** `POST /1.3/server`: 202 and a server in `maintenance`. There is no key that makes a repeat harmless. */
export function createServer(emulator: UpcloudEmulator, request: WireRequest): WireReply {
  const wanted = readServer(parseBody(request));
  if ('status' in wanted) return wanted;
  const { settings, world } = emulator;
  const cores = [...world.servers(), wanted.server].map((server) => coresOf(server.plan));
  if (cores.reduce((sum, each) => sum + each, 0) > settings.coreLimit) {
    return upcloudError(403, 'SERVER_CORE_LIMIT_REACHED', 'The account has reached its limit of cores.');
  }
  if (settings.fullZones.includes(wanted.server.zone)) {
    const text = 'There are not enough free resources in the zone.';
    return upcloudError(409, 'SERVER_RESOURCES_UNAVAILABLE', text);
  }
  return show(emulator, world.create(wanted.server, wanted.disks), 202);
}

function coresOf(plan: string): number {
  return upcloudPlans.find(({ name }) => name === plan)?.core_number ?? 1;
}

/** `GET`, `DELETE /1.3/server/{uuid}` and `POST /1.3/server/{uuid}/{start,stop}`. */
export function oneServer(
  emulator: UpcloudEmulator,
  request: WireRequest,
  path: { uuid: string; deed: string | undefined },
): WireReply {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(path.uuid)) {
    return upcloudError(400, 'SERVER_INVALID', 'The server UUID is invalid.');
  }
  const server = emulator.world.find(path.uuid);
  if (server === undefined) return upcloudError(404, 'SERVER_NOT_FOUND', 'The server does not exist.');
  switch (`${request.method} ${path.deed ?? ''}`.trim()) {
    case 'GET':
      return show(emulator, server, 200);
    case 'DELETE': {
      if (server.state !== 'stopped' || server.next?.state === 'started') return wrongState(server);
      const storages = ['1', 'true'].includes(request.url.searchParams.get('storages') ?? '');
      emulator.world.remove(server, storages);
      return { status: 204 };
    }
    case 'POST start':
      if (server.state !== 'stopped' || server.next?.state === 'started') return wrongState(server);
      emulator.world.move(server, 'started', emulator.settings.startMs);
      return show(emulator, server, 200);
    case 'POST stop': {
      const refusal = stopRefusal(parseBody(request));
      if (refusal !== undefined) return refusal;
      if (server.state !== 'started' || server.next !== null) return wrongState(server);
      emulator.world.move(server, 'stopped', emulator.settings.stopMs);
      return show(emulator, server, 200);
    }
    default:
      return upcloudError(405, 'METHOD_NOT_ALLOWED', 'The method is not allowed here.');
  }
}

function stopRefusal(body: JsonObject | undefined): WireReply | undefined {
  const given: Json = body?.stop_server ?? {};
  if (!isJsonObject(given) || Object.keys(body ?? {}).some((name) => name !== 'stop_server')) {
    return upcloudError(400, 'UNKNOWN_ATTRIBUTE', 'The request has an attribute that is unknown here.');
  }
  const { stop_type: type = 'soft', timeout = '60' } = given;
  if (type !== 'soft' && type !== 'hard') return attributeError('stop_type', 'INVALID');
  const seconds = Number(timeout);
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= 600
    ? undefined
    : attributeError('timeout', 'INVALID');
}

function wrongState({ uuid, state }: UpcloudServer): WireReply {
  const text = `The operation is not allowed while the server ${uuid} is in state '${state}'.`;
  return upcloudError(409, 'SERVER_STATE_ILLEGAL', text);
}

function show(emulator: UpcloudEmulator, server: UpcloudServer, status: number): WireReply {
  return { status, body: { server: detailsOf(server, emulator.world.storages(), emulator.now()) } };
}
