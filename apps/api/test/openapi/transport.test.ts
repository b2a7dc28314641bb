import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawHead, rawRequest } from '../support/raw-request.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ requestTimeoutMs: 400 });
});
afterAll(() => server.app.close());

const json = { 'content-type': 'application/json' };

async function send(path: string, init: RequestInit = {}) {
  const response = await fetch(server.url + path, { method: 'POST', headers: json, ...init });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(text) as Record<string, unknown>,
  };
}

function nested(depth: number): string {
  return `${'['.repeat(depth)}${']'.repeat(depth)}`;
}

describe('a body that cannot be read is 400', () => {
  const bodies: [string, string | Buffer][] = [
    ['malformed', '{"flag":'],
    ['a trailing comma', '{"flag":true,}'],
    ['a byte order mark', '\ufeff{}'],
    ['UTF-16', Buffer.from('{}', 'utf16le')],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['__proto__', '{"__proto__":{"admin":true}}'],
    ['__proto__ in escapes', '{"\\u005f_proto__":1}'],
    ['constructor.prototype', '{"constructor":{"prototype":{}}}'],
    ['33 levels', `{"text":${nested(32)}}`],
    ['5,000 levels', nested(5_000)],
    ['100,000 levels', nested(100_000)],
    ['a number beyond doubles', '{"count":1e400}'],
    ['a NUL', '{"text":"a\\u0000"}'],
    ['half a surrogate pair', '{"text":"\\ud800"}'],
    ['half a surrogate pair as key', '{"\\ud800":1}'],
  ];
  it.each(bodies)('%s', async (_name, body) => {
    const answer = await send('/test/body', { body: Buffer.from(body) });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ code: 'malformed_request', status: 400 });
  });
});

describe('a body of another shape is 400 with pointers', () => {
  it.each(['null', '"x"', '[1]', '1', 'true'])('%s is no object', async (body) => {
    const answer = await send('/test/body', { body });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalid_input', errors: [{ pointer: '' }] });
  });

  it('names an unknown key', async () => {
    const { status, body } = await send('/test/body', { body: '{"nested":{"count":1,"flag":true,"a/b":1}}' });
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ pointer: '/nested/a~1b', detail: 'is not a known field' }]);
  });

  it('refuses a body key that is named like a path parameter', async () => {
    const { status, body } = await send('/test/secret/7', {
      headers: { ...json, authorization: 'Bearer good' },
      body: '{"id":8,"value":"x"}',
    });
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ pointer: '/id', detail: 'is not a known field' }]);
  });
});

describe('what JSON says is kept', () => {
  it('the last of a key given twice counts, and 1e3 is a thousand', async () => {
    const { body } = await send('/test/body', { body: '{"count":1,"count":1e3}' });
    expect(body).toEqual({ input: { count: 1000 } });
  });

  it('32 levels are read', async () => {
    expect((await send('/test/body', { body: `{"text":${nested(31)}}` })).body.code).toBe('invalid_input');
  });
});

describe('a body of a type we do not read is 415', () => {
  const types = [
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'application/jsonx',
    'garbage',
    '',
  ];
  it.each(types)('content-type "%s"', async (type) => {
    const answer = await send('/test/body', { headers: { 'content-type': type }, body: Buffer.from('{}') });
    expect(answer.status).toBe(415);
  });

  it('no content-type at all', async () => {
    const answer = await rawRequest(server.url, `${rawHead('POST', '/test/body', ['Content-Length: 2'])}{}`);
    expect(answer.status).toBe(415);
  });

  it.each(['gzip', 'br', 'zstd', 'deflate'])('content-encoding %s', async (encoding) => {
    const answer = await send('/test/body', {
      headers: { ...json, 'content-encoding': encoding },
      body: gzipSync('{}'),
    });
    expect(answer.status).toBe(415);
  });

  it('a charset of utf-8 is read, in any spelling', async () => {
    for (const type of ['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"']) {
      expect((await send('/test/body', { headers: { 'content-type': type }, body: '{}' })).status).toBe(200);
    }
  });

  it('Content-Type given twice is 400', async () => {
    const headers = ['Content-Type: application/json', 'Content-Type: text/plain', 'Content-Length: 2'];
    const answer = await rawRequest(server.url, `${rawHead('POST', '/test/body', headers)}{}`);
    expect(answer.status).toBe(400);
  });
});

describe('no body', () => {
  it('means {} where a body is optional, with no content type', async () => {
    const answer = await rawRequest(server.url, rawHead('POST', '/test/body'));
    expect([answer.status, answer.body]).toEqual([200, '{"input":{}}']);
  });

  it('is 400 where one is required', async () => {
    const { status, body } = await send('/test/starts', { body: null, headers: {} });
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ pointer: '', detail: 'a body is required' }]);
  });

  it('where none is taken, JSON is ignored and anything else refused', async () => {
    expect((await send('/test/later', { body: '[{"anything":1}]' })).status).toBe(202);
    expect((await send('/test/later', { body: '{' })).status).toBe(400);
    expect((await send('/test/later', { body: 'x', headers: { 'content-type': 'text/plain' } })).status).toBe(
      415,
    );
  });
});

describe('size', () => {
  const wrapped = '{"text":""}'.length;
  it('a body of exactly 1 MiB is read', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(1_048_576 - wrapped) });
    expect((await send('/test/body', { body })).status).toBe(200);
  });

  it('one byte more is 413', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(1_048_577 - wrapped) });
    const answer = await send('/test/body', { body });
    expect(answer.status).toBe(413);
    expect(answer.body.code).toBe('payload_too_large');
  });

  it('a chunked body without a length is cut off at the limit', async () => {
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const head = rawHead('POST', '/test/body', [
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
    ]);
    const answer = await rawRequest(server.url, head + chunk.repeat(17));
    expect(answer.status).toBe(413);
  });

  it('headers beyond 16 KiB are 431', async () => {
    const answer = await rawRequest(
      server.url,
      rawHead('GET', '/test/query', [`X-Large: ${'x'.repeat(20_000)}`]),
    );
    expect(answer.status).toBe(431);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'headers_too_large' });
  });

  it('a body that does not arrive in time is 408', async () => {
    const head = rawHead('POST', '/test/body', ['Content-Type: application/json', 'Content-Length: 100']);
    const answer = await rawRequest(server.url, `${head}{"te`);
    expect(answer.status).toBe(408);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'request_timeout' });
  });

  it('length and chunking together are 400', async () => {
    const headers = ['Content-Type: application/json', 'Content-Length: 2', 'Transfer-Encoding: chunked'];
    const answer = await rawRequest(server.url, `${rawHead('POST', '/test/body', headers)}{}`);
    expect(answer.status).toBe(400);
  });
});

describe('method and route', () => {
  it.each(['DELETE', 'PUT', 'PATCH', 'POST', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s on a path that takes GET is 405 with Allow',
    async (method) => {
      const answer = await rawRequest(server.url, rawHead(method, '/test/query'));
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET');
    },
  );

  it('CONNECT is 405', async () => {
    const answer = await rawRequest(server.url, rawHead('CONNECT', 'localhost:1'));
    expect(answer.status).toBe(405);
  });

  it('a wrong method is told before size and type', async () => {
    const head = rawHead('PUT', '/test/body', ['Content-Type: text/plain', 'Content-Length: 2000000']);
    expect((await rawRequest(server.url, head)).status).toBe(405);
  });

  it.each([
    '/nowhere',
    '/test/query/',
    '/TEST/query',
    '//test/query',
    '/test//query',
    '/test/things/',
    '/v1',
  ])('%s is 404', async (path) => {
    expect((await rawRequest(server.url, rawHead('GET', path))).status).toBe(404);
  });

  it('an unknown path is 404 whatever its body', async () => {
    const head = rawHead('POST', '/nowhere', ['Content-Type: text/plain', 'Content-Length: 2000000']);
    expect((await rawRequest(server.url, head)).status).toBe(404);
  });
});

describe('ids in the path', () => {
  it.each([
    '0',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    'NaN',
    'abc',
    '007',
    '2147483648',
    '9007199254740993',
    '%00',
    '%20',
  ])('the integer id "%s" is 400', async (id) => {
    const answer = await rawRequest(server.url, rawHead('GET', `/test/things/${id}`));
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).errors[0].pointer).toBe('/id');
  });

  it('a broken escape is 400', async () => {
    for (const id of ['%', '%E0%A4%A', '%zz']) {
      expect((await rawRequest(server.url, rawHead('GET', `/test/texts/${id}`))).status).toBe(400);
    }
  });

  it('an upper-case uuid is the same as the canonical one, and an ill-formed one 400', async () => {
    const uid = '0198f2a0-5c1e-7d3a-9b54-0f6c2b7a9e11';
    const answer = await fetch(`${server.url}/test/uids/${uid.toUpperCase()}`);
    expect(await answer.json()).toEqual({ input: { uid } });
    expect((await fetch(`${server.url}/test/uids/${uid.slice(1)}`)).status).toBe(400);
  });

  it('a long text id reaches the operation', async () => {
    const name = 'x'.repeat(2_000);
    expect(await (await fetch(`${server.url}/test/texts/${name}`)).json()).toEqual({ input: { name } });
  });
});

describe('the query', () => {
  it.each(['nope=1', 'count[]=1', 'count=1&count=2', 'words=', 'words=a,z', '__proto__=1', 'constructor=1'])(
    '%s is 400',
    async (query) => {
      expect((await fetch(`${server.url}/test/query?${query}`)).status).toBe(400);
    },
  );

  it.each(['text=%', 'text=%E0%A4%A', 'text=\xe9'])('a broken escape is 400: %s', async (query) => {
    const answer = await rawRequest(
      server.url,
      Buffer.from(rawHead('GET', `/test/query?${query}`), 'latin1'),
    );
    expect(answer.status).toBe(400);
  });

  it('is refused on operations that take a body, and may not name a path parameter', async () => {
    expect((await send('/test/body?flag=true', { body: '{}' })).status).toBe(400);
    expect((await fetch(`${server.url}/test/things/1?id=2`)).status).toBe(400);
  });
});

describe('every answer', () => {
  it('has a request id, and a problem repeats it', async () => {
    const { headers, body } = await send('/test/body', { body: '{' });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(body.requestId).toBe(headers.get('x-request-id'));
  });

  it('has a strict policy and is not sniffed, framed or cached', async () => {
    const { headers } = await fetch(`${server.url}/test/query`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('of an unexpected error shows nothing of it', async () => {
    const response = await fetch(`${server.url}/test/broken`);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toMatch(/select|hunter2|srv|app\.ts/);
    expect(JSON.parse(text)).toMatchObject({ code: 'internal_error' });
  });

  it('leaves the connection usable after a refusal', async () => {
    const bad = '{"flag":';
    const one = `POST /test/body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${bad.length}\r\n\r\n${bad}`;
    const answer = await rawRequest(server.url, one + rawHead('GET', '/test/query'));
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('HTTP/1.1 200 OK');
  });
});

describe('a request from another site', () => {
  it.each(['http://evil.example', 'null', 'http://127.0.0.1:1'])(
    'with Origin %s changes nothing',
    async (origin) => {
      const { status, body } = await send('/test/body', { headers: { ...json, origin }, body: '{}' });
      expect([status, body.code]).toEqual([403, 'origin_refused']);
    },
  );

  it('over plain http at the name that is public over https changes nothing', async () => {
    const proxied = await startTestServer({ publicOrigin: 'https://signalbox.example' });
    const asked = async (origin: string, host: string) => {
      const head = `POST /test/body HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nConnection: close\r\n`;
      const rest = 'Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';
      return (await rawRequest(proxied.url, head + rest)).status;
    };
    expect(await asked('https://signalbox.example', 'signalbox.example')).toBe(200);
    expect(await asked('https://signalbox.example', 'inside:3000')).toBe(200);
    expect(await asked('http://signalbox.example', 'signalbox.example')).toBe(403);
    expect(await asked('http://inside:3000', 'inside:3000')).toBe(200);
    await proxied.app.close();
  });

  it('our own page may', async () => {
    expect((await send('/test/body', { headers: { ...json, origin: server.url }, body: '{}' })).status).toBe(
      200,
    );
  });
});
