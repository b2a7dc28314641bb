import { execFile, execFileSync } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ExactNumber } from '../operation/exact-number.ts';
import type { ApiCall } from './copy-as-call.ts';
import { shellQuote, toCurl } from './copy-as-curl.ts';

const hostile = [
  "it's",
  '$(touch /tmp/x)',
  '`id`',
  'a "b" \\ c',
  "'; exit 7; '",
  'two\nlines',
  '!! {a,b} [1-3]',
];

it.each(hostile)('hands %j to a shell as it is', (text) => {
  expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(text)}`], { encoding: 'utf8' })).toBe(text);
});

interface Received {
  readonly method: string | undefined;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let received: Received[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (part: string) => {
    body += part;
  });
  request.on('end', () => {
    const url = new URL(request.url ?? '', 'http://localhost');
    received.push({ method: request.method, url, headers: request.headers, body });
    response.end('{}');
  });
});
let origin = '';
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

/** Runs the text in a shell and gives what the server saw of it. */
async function run(call: ApiCall, env: Record<string, string> = {}, workspace = 'ws-default') {
  received = [];
  const text = toCurl(call, { origin, workspace });
  await promisify(execFile)('sh', ['-c', text], {
    env: { PATH: process.env.PATH, SIGNALBOX_TOKEN: 'token-1', ...env },
  });
  expect(received).toHaveLength(1);
  return received[0] as Received;
}

it('reads a view as the console does', async () => {
  const query = { status: 'failed,partial', 'created[after]': 'a b&c', left: undefined, limit: 50 };
  const seen = await run({ method: 'GET', path: '/v1/runs', query });
  expect(seen.method).toBe('GET');
  expect(Object.fromEntries(seen.url.searchParams)).toEqual({
    status: 'failed,partial',
    'created[after]': 'a b&c',
    limit: '50',
  });
  expect(seen.headers).toMatchObject({ authorization: 'Bearer token-1', 'x-workspace-id': 'ws-default' });
});

it.each(hostile)('sends %j wherever it stands, and runs none of it', async (text) => {
  const call = {
    method: 'POST',
    path: `/v1/tags/${text}`,
    query: { q: text },
    body: { text, [text]: [text] },
  };
  const seen = await run(call as ApiCall);
  expect(decodeURIComponent(seen.url.pathname)).toBe(`/v1/tags/${text}`);
  expect(seen.url.searchParams.get('q')).toBe(text);
  expect(JSON.parse(seen.body)).toEqual({ text, [text]: [text] });
  expect(seen.headers['content-type']).toBe('application/json');
});

it('never reads a file for a body that looks like the name of one', async () => {
  expect((await run({ method: 'POST', path: '/v1/x', body: '@/etc/passwd' })).body).toBe('"@/etc/passwd"');
});

it('keeps every digit, and writes characters that disguise others as escapes', async () => {
  const body = { id: new ExactNumber('12345678901234567890'), name: 'a\u202eb\u{e0041}' };
  const seen = await run({ method: 'POST', path: '/v1/x', body });
  expect(seen.body).toBe('{"id":12345678901234567890,"name":"a\\u202eb\\udb40\\udc41"}');
  expect((JSON.parse(seen.body) as { name: string }).name).toBe(body.name);
});

it('adds no header for a workspace that holds a line break', async () => {
  const seen = await run({ method: 'GET', path: '/v1/runs' }, {}, 'ws-a\r\nX-Evil: 1');
  expect(seen.headers).not.toHaveProperty('x-evil');
});

it('starts nothing without an idempotency key, and sends the one it is given', async () => {
  const call: ApiCall = { method: 'POST', path: '/v1/runs/7/replay', keyed: true };
  await expect(run(call)).rejects.toThrow(/IDEMPOTENCY_KEY/);
  expect(received).toHaveLength(0);
  expect((await run(call, { IDEMPOTENCY_KEY: 'k-1' })).headers['idempotency-key']).toBe('k-1');
});
