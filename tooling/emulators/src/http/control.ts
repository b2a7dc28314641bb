import { timingSafeEqual } from 'node:crypto';
import type { FaultBook, FaultRule } from './faults.ts';
import type { Json, JsonObject } from './json.ts';
import { parseBody, type WireReply, type WireRequest } from './wire.ts';

/** The header that opens the control plane. */
export const adminTokenHeader = 'x-emulator-admin-token';

export const controlDone: WireReply = { status: 204 };

export const controlProblem = (status: number, message: string): WireReply => ({ status, body: { message } });

/** A request to the control plane, taken apart. */
export interface ControlCall {
  /** Method and first part of the path, for example `POST faults`. */
  readonly verb: string;
  /** Further parts of the path, decoded. */
  readonly rest: readonly string[];
  readonly body: JsonObject;
}

/**
 * Opens `/__emulator/...`, what no real service offers, to a request; or the answer that refuses it. It is 404
 * without a configured token or with a wrong one, so that it does not exist for those who may not use it.
 */
export function openControl(
  request: WireRequest,
  adminToken: string | undefined,
): ControlCall | { readonly refused: WireReply } {
  const given = Buffer.from(request.headers[adminTokenHeader] ?? '');
  const wanted = Buffer.from(adminToken ?? '');
  const open = wanted.length > 0 && given.length === wanted.length && timingSafeEqual(given, wanted);
  if (!open) return { refused: controlProblem(404, 'Not found.') };
  const [, , area, ...rest] = decodeURIComponent(request.url.pathname).split('/');
  const body = request.body === '' ? {} : parseBody(request);
  if (body === undefined) return { refused: controlProblem(400, 'The body is not a JSON object.') };
  return { verb: `${request.method} ${area ?? ''}`, rest, body };
}

/** What every emulator's control plane does with faults; undefined when the call is about something else. */
export function controlFaults(faults: FaultBook, { verb, body }: ControlCall): WireReply | undefined {
  switch (verb) {
    case 'GET faults':
      return { status: 200, body: { faults: faults.list() as unknown as Json } };
    case 'POST faults':
      faults.add(readFault(body));
      return { status: 201, body: {} };
    case 'DELETE faults':
      faults.clear();
      return controlDone;
    default:
      return undefined;
  }
}

/** Only loopback callers with the token reach this, so a fault is taken as given but for its defaults. */
function readFault(body: JsonObject): FaultRule {
  const given = body as unknown as Partial<FaultRule>;
  return { ...given, match: given.match ?? {}, times: given.times ?? 1 };
}
