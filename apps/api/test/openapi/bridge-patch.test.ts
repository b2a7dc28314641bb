import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawHead, rawRequest } from '../support/raw-request.ts';
import { slowSignals } from '../support/test-router.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.app.close());

async function get(path: string) {
  const response = await fetch(server.url + path);
  return { status: response.status, body: await response.json() };
}

async function post(path: string, body: unknown) {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

describe('a JSON body keeps its types, whatever other requests came before', () => {
  it('null is not a number or a boolean', async () => {
    await get('/test/query?flag=true&count=3');
    expect(await post('/test/body', { maybe: null })).toEqual({
      status: 200,
      body: { input: { maybe: null } },
    });
    expect((await post('/test/body', { count: null })).status).toBe(400);
    expect((await post('/test/body', { flag: null })).status).toBe(400);
  });

  it('text is not converted, at the top or deeper', async () => {
    expect((await post('/test/body', { count: '1' })).status).toBe(400);
    expect((await post('/test/body', { flag: 'false' })).status).toBe(400);
    expect((await post('/test/body', { nested: { count: '1', flag: true } })).status).toBe(400);
  });
});

describe('a query is converted only where it spells the value', () => {
  it('false is false', async () => {
    expect((await get('/test/query?flag=false')).body).toEqual({ input: { flag: false, count: 7 } });
  });

  it.each([
    'flag=0',
    'flag=yes',
    'flag=TRUE',
    'count=1e1',
    'count=0x10',
    'count=%201',
    'count=007',
    'count=NaN',
  ])('%s is refused', async (query) => {
    expect((await get(`/test/query?${query}`)).status).toBe(400);
  });

  it('a list is read from one text with commas', async () => {
    expect((await get('/test/query?words=a,b')).body).toEqual({ input: { words: ['a', 'b'], count: 7 } });
  });

  it('schemas are the same after a request as before', async () => {
    await get('/test/query?count=3&flag=true');
    // The typed client sends JSON: were the shared schema coercing now, the text would pass.
    const input = encodeURIComponent(JSON.stringify({ count: '3' }));
    expect((await get(`/trpc/query?input=${input}`)).status).toBe(400);
  });
});

describe('an empty value is kept, and so refused instead of becoming the default', () => {
  it.each(['count=', 'flag=', 'text=', 'count'])('%s', async (query) => {
    expect((await get(`/test/query?${query}`)).status).toBe(400);
  });
});

describe('the path is matched as sent and decoded once', () => {
  it('an escaped slash, percent sign or question mark belongs to the id', async () => {
    const texts = ['a/b', '50%', '%2f', 'a?b', 'ü', 'a b', 'x;y', '#'];
    for (const text of texts) {
      const { body } = await get(`/test/texts/${encodeURIComponent(text)}`);
      expect(body).toEqual({ input: { name: text } });
    }
  });

  it('a dot segment is an id and not a way to another operation', async () => {
    const answer = await rawRequest(server.url, rawHead('GET', '/test/things/.'));
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'invalid_input', errors: [{ pointer: '/id' }] });
    const up = await rawRequest(server.url, rawHead('GET', '/test/texts/..'));
    expect(JSON.parse(up.body)).toEqual({ input: { name: '..' } });
  });

  it('a fixed path wins over a parameter, whatever their order in the router', async () => {
    expect((await get('/test/texts/fixed')).body).toEqual({ fixed: true });
    expect((await get('/test/texts/Fixed')).body).toEqual({ input: { name: 'Fixed' } });
  });
});

it('a procedure learns that its caller has gone', async () => {
  const caller = new AbortController();
  const request = fetch(`${server.url}/test/slow`, { signal: caller.signal }).catch(
    (error: Error) => error.name,
  );
  await slowSignals.began.promise;
  caller.abort();
  expect(await request).toBe('AbortError');
  await slowSignals.aborted.promise;
});
