import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawHead, rawRequest } from '../support/raw-request.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let bearer: string;

beforeAll(async () => {
  api = await startTestApi({ publicOrigin: 'https://signalbox.example' });
  bearer = `Authorization: Bearer ${await api.token(api.workspace.members.viewer)}`;
});
afterAll(() => api.close());

const send = (headers: readonly (string | Buffer)[], target = '/v1/tenants', method = 'GET') => {
  const head = rawHead(method, target, [bearer]);
  const more = headers.map((header) => Buffer.concat([Buffer.from(header as string), Buffer.from('\r\n')]));
  return rawRequest(api.url, Buffer.concat([Buffer.from(head.slice(0, -2)), ...more, Buffer.from('\r\n')]));
};

describe('a header that selects a workspace never grants one', () => {
  const cases: [string, (string | Buffer)[], number][] = [
    ['another workspace', ['X-Workspace-Id: ws-other'], 404],
    ['nothing', ['X-Workspace-Id:'], 404],
    ['two values', ['X-Workspace-Id: ws-default', 'X-Workspace-Id: ws-other'], 404],
    ['one value twice', ['X-Workspace-Id: ws-default', 'X-Workspace-Id: ws-default'], 404],
    ['a list', ['X-Workspace-Id: ws-default,ws-other'], 404],
    ['8 kB', [`X-Workspace-Id: ${'w'.repeat(8_000)}`], 404],
    ['20 kB', [`X-Workspace-Id: ${'w'.repeat(20_000)}`], 431],
    ['letters beyond ASCII', [Buffer.from('X-Workspace-Id: ws-défault', 'latin1')], 404],
    ['the same in UTF-8', ['X-Workspace-Id: ws-défault'], 404],
    ['capital letters', ['X-Workspace-Id: WS-DEFAULT'], 404],
    ['an injection', ["X-Workspace-Id: ' or 1=1 --"], 404],
    ['a NUL', [Buffer.from('X-Workspace-Id: ws-default\0')], 400],
    ['a bare carriage return', [Buffer.from('X-Workspace-Id: ws\rX-Org-Id: ws-default')], 400],
    ['a folded line', ['X-Workspace-Id: ws-default\r\n ws-other'], 400],
    ['two names that disagree', ['X-Workspace-Id: ws-default', 'X-Org-Id: ws-other'], 400],
  ];
  it.each(cases)('%s', async (_name, headers, status) => {
    const answer = await send(headers);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('contoso');
    expect(JSON.parse(answer.body)).toMatchObject({ status });
  });

  it('spaces around a value do not matter, as HTTP says', async () => {
    const answer = await send(['X-Workspace-Id:   ws-default  ']);
    expect([answer.status, answer.body.includes('contoso')]).toEqual([200, true]);
  });
});

describe('a header that means nothing here changes nothing', () => {
  it.each([
    'X-HTTP-Method-Override: DELETE',
    'X-Method-Override: POST',
    'X-Original-URL: /v1/workers',
    'X-Rewrite-URL: /v1/workers',
    'X-Forwarded-Host: evil.example',
    'X-Forwarded-Proto: http',
    'Forwarded: for=192.0.2.1;host=evil.example',
    'X-Forwarded-For: 192.0.2.1',
    'Via: 1.1 proxy',
  ])('%s', async (header) => {
    const answer = await send([header]);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('contoso');
  });

  it('nor does a hundred of them', async () => {
    const many = Array.from({ length: 100 }, (_, n) => `X-${n}: ${n}`);
    expect((await send(many)).status).toBe(200);
  });

  it('nor does a Host that is not ours: no answer repeats it', async () => {
    const head = `GET /v1/tenants HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n${bearer}\r\n\r\n`;
    const answer = await rawRequest(api.url, head);
    expect(answer.status).toBe(200);
    expect(JSON.stringify([...answer.headers]) + answer.body).not.toContain('evil.example');
  });

  it('a request without a Host, or with two, is 400', async () => {
    for (const hosts of ['', 'Host: a\r\nHost: b\r\n']) {
      const answer = await rawRequest(
        api.url,
        `GET /v1/tenants HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`,
      );
      expect(answer.status).toBe(400);
    }
  });

  it('the request id is ours whatever is sent as one', async () => {
    const given = '0198c2f0-7a11-7c3e-9f00-2d1c5b7a9e10';
    for (const id of [given, 'x'.repeat(500), '{"msg":"forged"}']) {
      const answer = await send([`X-Request-Id: ${id}`]);
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(answer.headers.get('x-request-id')).not.toBe(id);
    }
  });
});

describe('every answer carries what a browser must know', () => {
  const expected = {
    'content-security-policy': /^default-src 'none';script-src 'self';.*frame-ancestors 'none'$/,
    'strict-transport-security': /^max-age=31536000/,
    'referrer-policy': /^no-referrer$/,
    'permissions-policy': /camera=\(\), .*geolocation=\(\)/,
    'cross-origin-opener-policy': /^same-origin$/,
    'cross-origin-resource-policy': /^same-origin$/,
    'x-content-type-options': /^nosniff$/,
    'x-frame-options': /^DENY$/,
    'x-request-id': /^[0-9a-f-]{36}$/,
    'cache-control': /^no-store$/,
  };
  it.each([
    ['data', 'GET', '/v1/tenants'],
    ['an unknown path', 'GET', '/nowhere'],
    ['a wrong method', 'DELETE', '/v1/tenants'],
    ['a refused input', 'GET', '/v1/tenants?nope=1'],
    ['an unknown thing', 'GET', '/v1/runs/999'],
    ['the typed client', 'GET', '/trpc/me.get'],
    ['a probe', 'GET', '/livez'],
    ['a broken escape', 'GET', '/v1/runs/%zz'],
    ['a broken escape in a page of the console', 'GET', '/w/%zz'],
    ['a link of an id of 20 kB', 'GET', `/v1/tenants/${'9'.repeat(15_000)}`],
  ])('%s', async (_name, method, target) => {
    const { headers } = await send([], target, method);
    for (const [name, value] of Object.entries(expected)) {
      expect(headers.get(name), name).toMatch(value);
    }
    for (const gone of ['x-powered-by', 'server']) expect(headers.has(gone)).toBe(false);
  });

  it('and HSTS is left to https alone', async () => {
    const plain = await startTestApi();
    try {
      expect((await fetch(`${plain.url}/livez`)).headers.has('strict-transport-security')).toBe(false);
    } finally {
      await plain.close();
    }
  });

  it('a sign-out makes the browser forget the pages it kept', async () => {
    const [, token = ''] = bearer.split('Bearer ');
    const answer = await api.call('/v1/auth/sign-out', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect([answer.status, answer.headers.get('clear-site-data')]).toEqual([200, '"cache"']);
  });
});
