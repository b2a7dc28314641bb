import { adminStartRunContract } from '@signalbox/contracts/admin-runs/start-run';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restOperations } from '../../src/openapi/operations.ts';
import { callerProcedure, publicProcedure, router, wellFormed } from '../../src/trpc.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.app.close());

const good = { authorization: 'Bearer good' };

async function post(path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(text) as Record<string, unknown>,
  };
}

describe('the outcome of a start decides the status', () => {
  it('accepted is 201 with Location', async () => {
    const answer = await post('/test/starts', { outcome: 'accepted' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe('/v1/runs/1');
    expect(answer.headers.get('content-type')).toBe('application/json');
  });

  it('deduped is 200', async () => {
    expect((await post('/test/starts', { outcome: 'deduped' })).status).toBe(200);
  });

  it('scope busy is 409 with the reason, the holder, next steps and Retry-After', async () => {
    const answer = await post('/test/starts', { outcome: 'scope_busy' });
    expect(answer.status).toBe(409);
    expect(answer.headers.get('retry-after')).toBe('30');
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({
      code: 'scope_busy',
      outcome: 'scope_busy',
      detail: 'Run 3 holds the scope.',
      holder: { runId: 3 },
      nextSteps: [{ code: 'open_holder', href: '/w/ws-default/runs/3' }],
    });
  });

  it('a used-up quota is 402', async () => {
    const answer = await post('/test/starts', { outcome: 'quota' });
    expect([answer.status, answer.body.code]).toEqual([402, 'quota_exceeded']);
  });

  it('asked for is 202', async () => {
    expect((await post('/test/later')).status).toBe(202);
  });

  it('the typed client gets a refusal as data', async () => {
    const answer = await post('/trpc/start', { outcome: 'scope_busy' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ result: { data: { outcome: 'scope_busy' } } });
  });
});

describe('questions are asked in one order', () => {
  it('unreadable bytes and ill-formed ids come before the session', async () => {
    expect((await post('/test/secret/1', '{')).status).toBe(400);
    expect((await post('/test/secret/x', {})).status).toBe(400);
  });

  it('then 401, whatever else is wrong', async () => {
    for (const body of [undefined, {}, [], { value: 1 }]) {
      expect((await post('/test/secret/404', body)).status).toBe(401);
      expect((await post('/test/secret/404?x=1', body)).status).toBe(401);
    }
    expect((await post('/admin/t/%00/runs/bogus')).status).toBe(401);
  });

  it('then 404 and 403, whatever else is wrong', async () => {
    for (const body of [undefined, {}, [], { value: 1 }, { unknown: 1 }]) {
      expect((await post('/test/secret/404', body, good)).status).toBe(404);
      const denied = await post('/test/secret/403?x=1', body, good);
      expect([denied.status, denied.body.capability]).toEqual([403, 'run.cancel']);
    }
  });

  it('then 400', async () => {
    for (const body of [undefined, {}, [], { value: 1 }, { value: 'x', unknown: 1 }]) {
      expect((await post('/test/secret/1', body, good)).status).toBe(400);
    }
    expect((await post('/test/secret/1?x=1', { value: 'x' }, good)).status).toBe(400);
    expect((await post('/test/secret/1', { value: 'x' }, good)).status).toBe(200);
  });

  it('a bad run type in a tenant one cannot see is 404, in a visible one 400', async () => {
    expect((await post('/admin/t/unknown/runs/bogus', {}, good)).status).toBe(404);
    expect((await post('/admin/t/%00/runs/bogus', {}, good)).status).toBe(404);
    expect((await post('/admin/t/contoso/runs/bogus', {}, good)).status).toBe(400);
    expect((await post('/admin/t/contoso/runs/restore_preview', undefined, good)).status).toBe(201);
  });

  it('an Idempotency-Key of the wrong form is told with the other faults', async () => {
    const path = '/admin/t/contoso/runs/restore_preview';
    for (const key of ['', 'a b', 'x'.repeat(256), 'ü']) {
      expect((await post(path, {}, { ...good, 'idempotency-key': key })).status).toBe(400);
      expect((await post(path, {}, { 'idempotency-key': key })).status).toBe(401);
    }
  });
});

describe('a server refuses a router that would break that order', () => {
  const { meta, input, output } = adminStartRunContract;
  const answer = () => ({ run: { id: '1', tenantExternalId: 't', type: 'x', status: 'queued' as const } });

  it('an operation of a session that is open to anyone', () => {
    const open = publicProcedure.meta(meta).use(wellFormed).input(input).output(output).mutation(answer);
    expect(() => restOperations(router({ open }))).toThrow('callerProcedure');
  });

  it('an operation that judges input before visibility', () => {
    const hasty = callerProcedure
      .meta(meta)
      .use(wellFormed)
      .input(input)
      .use(({ next }) => next())
      .output(output)
      .mutation(answer);
    expect(() => restOperations(router({ hasty }))).toThrow('before .input()');
  });

  it('an operation that drops the faults of the request', () => {
    const deaf = callerProcedure.meta(meta).input(input).output(output).mutation(answer);
    expect(() => restOperations(router({ deaf }))).toThrow('wellFormed');
  });

  it('two operations at one path', () => {
    const one = callerProcedure.meta(meta).use(wellFormed).input(input).output(output).mutation(answer);
    expect(() => restOperations(router({ one, two: one }))).toThrow('served twice');
  });
});

describe('an error comes in the envelope of its surface', () => {
  it('the provisioning contract: success, error and the problem members', async () => {
    const answer = await post('/auth/login', { username: 'operator', password: 'wrong' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.body).toMatchObject({
      success: false,
      error: 'The username, the password or the code is wrong.',
      code: 'sign_in_refused',
    });
    const bad = await post('/auth/login', { username: 'operator' });
    expect(bad.body).toMatchObject({ success: false, errors: [{ pointer: '/password' }] });
  });

  it('the typed client: the same problem inside', async () => {
    const answer = await post('/trpc/secret', { id: 404, value: 'x' }, good);
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ error: { data: { problem: { code: 'not_found', status: 404 } } } });
  });

  it('two unknown ids get the same 404', async () => {
    const [one, two] = await Promise.all([
      post('/admin/t/unknown/runs/restore_preview', {}, good),
      post('/admin/t/other/runs/restore_preview', {}, good),
    ]);
    expect({ ...one.body, requestId: '' }).toEqual({ ...two.body, requestId: '' });
  });
});
