import { expect, it } from 'vitest';
import { startTestServer } from '../support/test-server.ts';

it('the input of the typed client passes the same guard as a REST body', async () => {
  const { app, url } = await startTestServer();
  const post = (body: string, type = 'application/json') =>
    fetch(`${url}/trpc/body`, { method: 'POST', headers: { 'content-type': type }, body });
  expect((await post('{"text":"ok"}')).status).toBe(200);
  expect((await post('{"__proto__":1}')).status).toBe(400);
  expect((await post('['.repeat(100_000))).status).toBe(400);
  expect((await post('{"text":"\\u0000"}')).status).toBe(400);
  expect((await post('{}', 'text/plain')).status).toBe(415);
  expect((await post('{"unknown":1}')).status).toBe(400);
  const input = encodeURIComponent('{"text":"\\ud800"}');
  expect((await fetch(`${url}/trpc/query?input=${input}`)).status).toBe(400);
  expect((await fetch(`${url}/trpc/nowhere`)).status).toBe(404);
  expect((await fetch(`${url}/trpc/body`, { method: 'PUT' })).headers.get('allow')).toBe('GET, POST');
  await app.close();
});

it('an open event stream does not keep the server from closing', async () => {
  const { app, url } = await startTestServer();
  const response = await fetch(`${url}/trpc/ticks?input=%7B%7D`, {
    headers: { accept: 'text/event-stream' },
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('"tick":1')) text += (await reader?.read())?.value ?? '';
  const ended = reader?.read().catch(() => 'cut');
  await app.close();
  await ended;
});

it('a refused call of the typed client has the code that goes with its status', async () => {
  const { app, url } = await startTestServer();
  const refused = async (path: string, init: RequestInit = {}) => {
    const answer = await (await fetch(`${url}/trpc/${path}`, init)).json();
    const { error } = answer as { error: { code: number; data: { code: string; httpStatus: number } } };
    return [error.data.httpStatus, error.data.code, error.code];
  };
  const post = { method: 'POST', headers: { 'content-type': 'application/json' } };
  expect(await refused('nowhere')).toEqual([404, 'NOT_FOUND', -32004]);
  expect(await refused('body', { ...post, body: '{"unknown":1}' })).toEqual([400, 'BAD_REQUEST', -32600]);
  const secret = (id: number, headers = {}) =>
    refused('secret', { ...post, headers: { ...post.headers, ...headers }, body: JSON.stringify({ id }) });
  const signedIn = { authorization: 'Bearer good' };
  expect(await secret(1)).toEqual([401, 'UNAUTHORIZED', -32001]);
  expect(await secret(403, signedIn)).toEqual([403, 'FORBIDDEN', -32003]);
  expect(await secret(404, signedIn)).toEqual([404, 'NOT_FOUND', -32004]);
  await app.close();
});
