import type { Fault } from '@signalbox/domain/error/app-error';
import type { FastifyRequest } from 'fastify';
import { readBody } from '../http/read-body.ts';
import { type ReadQuery, readQuery } from '../http/read-query.ts';
import type { RestOperation } from './operations.ts';
import { bridgePath, readPath } from './read-path.ts';

/** A REST request, read and ready for the bridge. */
export interface RestRequest {
  readonly path: string;
  readonly query: ReadQuery;
  readonly body: Readonly<Record<string, unknown>>;
  /** Faults to tell after 401, 404 and 403. */
  readonly faults: readonly Fault[];
  readonly unknownTarget: boolean;
}

const takesBody = new Set(['POST', 'PATCH', 'PUT']);

/**
 * Reads one request as its contract asks. What cannot be read at all is thrown and answered at once; what is readable
 * but wrong is kept as a fault, since the caller may first have to hear 401, 404 or 403.
 * @throws WireError
 */
export function readRequest(operation: RestOperation, request: FastifyRequest): RestRequest {
  const path = readPath(operation, request.params as Record<string, string>);
  const query = readQuery(request.raw.url ?? '');
  const faults: Fault[] = [];
  const withBody = takesBody.has(operation.facts.method);
  const body = withBody ? bodyOf(operation, request, faults) : {};
  const taken = new Set(operation.pathNames);
  // A body method has no query of its own, and no query may stand in for a part of the path or reach a prototype.
  for (const name of Object.keys(query)) {
    if (withBody || taken.has(name) || name === '__proto__') faults.push(unknown(name));
  }
  return {
    path: bridgePath(operation, path.values),
    query: withBody ? {} : query,
    body,
    faults,
    unknownTarget: path.unknownTarget,
  };
}

function bodyOf(operation: RestOperation, request: FastifyRequest, faults: Fault[]): Record<string, unknown> {
  const read = readBody(request);
  if (operation.facts.body === 'none') return {};
  if (read.kind === 'absent') {
    if (operation.facts.body === 'required') faults.push({ pointer: '', detail: 'a body is required' });
    return {};
  }
  const { value } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    faults.push({ pointer: '', detail: 'must be a JSON object' });
    return {};
  }
  const body: Record<string, unknown> = { ...value };
  // The bridge would let the path win silently, which is right only where unknown keys are ignored.
  const strict = operation.input.def.catchall !== undefined;
  for (const name of operation.pathNames) {
    if (strict && Object.hasOwn(body, name)) faults.push(unknown(name));
    delete body[name];
  }
  return body;
}

function unknown(name: string): Fault {
  return { pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, detail: 'is not a known field' };
}
