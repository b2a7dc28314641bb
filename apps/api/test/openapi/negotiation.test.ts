import { once } from 'node:events';
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';
import { startOutcomeMedia } from '@signalbox/contracts/provider-dispatch/start-outcome';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { restOperations } from '../../src/openapi/operations.ts';
import { callerProcedure, router, wellFormed } from '../../src/trpc.ts';
import { formedCalls, testRouter } from '../support/test-router.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const vendor = startOutcomeMedia.json;
const page = 'text/html; charset=utf-8';
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.app.close());

/** Sends exactly these headers: fetch would add an Accept of its own. */
async function send(path: string, options: Pick<RequestOptions, 'method' | 'headers'>, body?: unknown) {
  const request = http.request(server.url + path, options);
  request.end(body === undefined ? undefined : JSON.stringify(body));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const content = await text(response);
  const { statusCode: status, headers: answered } = response;
  return { status, type: answered['content-type'], headers: answered, body: content };
}

function post(path: string, accept?: string, init: { body?: unknown; signedIn?: boolean } = {}) {
  const { body, signedIn = true } = init;
  const headers = {
    ...(accept !== undefined && { accept }),
    ...(signedIn && { authorization: 'Bearer good' }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  return send(path, { method: 'POST', headers }, body);
}

it('gives the form that Accept prefers by its q-values, and JSON where both are as welcome', async () => {
  const asked: readonly [accept: string | undefined, type: string][] = [
    [undefined, vendor],
    ['', vendor],
    ['*/*', vendor],
    ['application/json', vendor],
    ['application/*', vendor],
    [vendor, vendor],
    [vendor.toUpperCase(), vendor],
    ['application/json; charset=utf-8', vendor],
    ['text/html', page],
    ['text/*', page],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', page],
    ['text/html, application/json', vendor],
    [`text/html;q=0.9, ${vendor};q=0.9`, vendor],
    ['text/html;q=0.900, application/json;q=0.899', page],
    ['text/html, */*', vendor],
    ['text/html;q=0.2, */*;q=0.1', page],
    ['application/json;q=0, */*', page],
    [`${vendor};q=0, application/json, text/html;q=0.1`, page],
    ['text/html;q=0, */*;q=0.1', vendor],
    ['text/html ; q = 0.5 , application/json ; q="0.6"', vendor],
    ['text/html;q=2', page],
    [',,text/html,', page],
  ];
  for (const [accept, type] of asked) {
    const answer = await post('/test/formed/1', accept);
    expect([accept, answer.status, answer.type]).toEqual([accept, 200, type]);
    expect(answer.headers.vary).toBe('accept');
  }
});

it('answers 406 as a problem to who accepts neither, after every other question and before the deed', async () => {
  const before = formedCalls.count;
  for (const accept of [
    'image/png',
    'text/plain',
    'application/xml;q=0.5',
    'text/html;q=0',
    '*/*;q=0',
    'x',
    ';;',
  ]) {
    const answer = await post('/test/formed/1', accept);
    expect([accept, answer.status, answer.type]).toEqual([accept, 406, 'application/problem+json']);
    expect(JSON.parse(answer.body)).toMatchObject({
      code: 'not_acceptable',
      detail: expect.stringContaining(vendor),
    });
  }
  const none = 'image/png';
  expect((await post('/test/formed/1', none, { signedIn: false })).status).toBe(401);
  expect((await post('/test/formed/404', none)).status).toBe(404);
  expect((await post('/test/formed/403', none)).status).toBe(403);
  expect((await post('/test/formed/1', none, { body: { value: 7 } })).status).toBe(400);
  expect(formedCalls.count).toBe(before);
});

it('renders the same answer as a page in which nothing of the answer is markup', async () => {
  const answer = await post('/test/formed/1', 'text/html');
  expect(answer.body).toContain('&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;');
  expect(answer.body).toContain('<code>x&#60;y</code>');
  expect(answer.body).toContain(
    'href="/w/ws-default/connections?open=new&#38;tenant=1">Add one &#38; go</a>',
  );
  expect(answer.body).not.toMatch(/<script|style=|https?:\/\//);
  expect(answer.headers['content-security-policy']).toBe(
    "default-src 'none';style-src 'self';img-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  );
  expect((await send('/docs/answer.css', {})).status).toBe(200);
});

it('tells an error as a page to who prefers one, with the same status and facts', async () => {
  const denied = await post('/test/formed/403', 'text/html');
  expect([denied.status, denied.type]).toEqual([403, page]);
  expect(denied.body).toContain('run.cancel');
  expect(denied.body).toContain(String(denied.headers['x-request-id']));
  const stranger = await post('/test/formed/1', 'text/html', { signedIn: false });
  expect([stranger.status, stranger.type]).toEqual([401, page]);
  expect(stranger.body).toContain('href="/sign-in"');
  expect((await post('/test/formed/403', 'application/json')).type).toBe('application/problem+json');
});

it('ignores a body key that is called like a part of the path, where unknown keys are ignored', async () => {
  const answer = await post('/test/formed/1', undefined, { body: { id: 404, other: 1, value: 'kept' } });
  expect([answer.status, JSON.parse(answer.body).operatorMessage]).toEqual([200, 'kept']);
});

it('leaves operations alone whose contract names no media type', async () => {
  const answer = await send('/test/query', { headers: { accept: 'image/png' } });
  expect([answer.status, answer.type, answer.headers.vary]).toEqual([200, 'application/json', undefined]);
});

it('refuses to serve an operation with media types that does not ask what is accepted', () => {
  const { meta, inputs, output } = testRouter.formed._def as unknown as {
    meta: Parameters<typeof callerProcedure.meta>[0];
    inputs: [Parameters<typeof callerProcedure.input>[0]];
    output: Parameters<typeof callerProcedure.output>[0];
  };
  const deaf = callerProcedure
    .meta(meta)
    .use(wellFormed)
    .input(inputs[0])
    .output(output)
    .mutation(() => ({}));
  expect(() => restOperations(router({ deaf }))).toThrow('.use(acceptable)');
});
