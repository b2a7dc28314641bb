import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { fromFastify } from '../errors/from-fastify.ts';
import { toProblem } from '../errors/to-problem.ts';
import { WireError } from '../errors/wire-error.ts';

/** Answers bytes that Node's parser could not read as a request: 400, 408 or 431, then the connection ends. */
export function answerClientError(error: Error, socket: Socket): void {
  const reset = 'code' in error && error.code === 'ECONNRESET';
  if (reset || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(rawProblem(fromFastify(error) ?? new WireError({ code: 'malformed_request' })));
}

/** CONNECT asks for a tunnel, which nothing here gives. */
export function answerConnect(socket: Socket): void {
  socket.end(rawProblem(new WireError({ code: 'method_not_allowed', headers: { allow: 'GET, POST' } })));
}

function rawProblem(error: WireError): string {
  const requestId = randomUUID();
  const { problem, headers } = toProblem(error, requestId);
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
