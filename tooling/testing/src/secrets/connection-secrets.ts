import { expect } from 'vitest';

/** What the test of planted secrets lends: its way to ask, and its secrets by their names. */
interface Planted {
  ask(
    path: string,
    ask: {
      readonly method?: string;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly reveals?: Readonly<Record<string, (body: never) => string>>;
    },
    // biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
  ): Promise<{ readonly status: number; readonly body: any }>;
  of(name: string): string;
  /** Of somebody who manages connections. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tenantId: number;
}

/**
 * Makes a connection with a planted secret, gives it another and refused ones, and takes the way to the page of consent
 * and back. Answers how to give it the new secret once more, which tells the status.
 */
export async function useConnectionSecrets({
  ask,
  of,
  headers,
  tenantId,
}: Planted): Promise<() => Promise<number>> {
  const wish = {
    tenantId,
    provider: 'graph',
    label: 'planted',
    clientId: '00000000-0000-4000-8000-000000000001',
  };
  const made = await ask('/v1/connections', {
    method: 'POST',
    body: { ...wish, clientSecret: of('credential of a new connection') },
    headers: { ...headers, 'idempotency-key': 'planted' },
  });
  expect(made.status).toBe(201);
  const path = `/v1/connections/${made.body.id}`;
  const rotate = async (clientSecret: unknown = of('credential after a rotation')): Promise<number> =>
    (await ask(`${path}/credential`, { method: 'PUT', body: { clientSecret }, headers })).status;
  expect(await rotate()).toBe(200);
  const bad = of('credential of another shape');
  expect([await rotate(`${bad}\n`), await rotate([bad])]).toEqual([400, 400]);
  const reveals = {
    'state of a consent': (it: { url: string }) => new URL(it.url).searchParams.get('state') ?? '',
  };
  expect((await ask(`${path}/consent`, { method: 'POST', headers, reveals })).status).toBe(200);
  const callback = '/v1/connections/consent/callback?error=access_denied&state=';
  expect((await ask(callback + of('state nobody was given'), {})).status).toBe(400);
  expect((await ask(callback + of('state of a consent'), {})).status).toBe(303);
  return () => rotate();
}
