import { afterAll } from 'vitest';
import { type GraphControl, graphControl } from '../../src/graph/control-client.ts';
import { demoTenants } from '../../src/graph/seed/tenants.ts';
import { type GraphEmulatorOptions, startGraphEmulator } from '../../src/graph/start.ts';
import { type JsonObject, jsonText } from '../../src/http/json.ts';

/** An answer with its body parsed. */
export interface Answer {
  status: number;
  headers: Headers;
  body: JsonObject;
}

/** A running emulator with what a test needs to talk to it raw. */
export interface Bench {
  url: string;
  control: GraphControl;
  /** Asks for a token the way a client does. */
  askToken(tenant: string, form?: Record<string, string>): Promise<Answer>;
  /** A token that works. */
  token(tenant: string): Promise<string>;
  call(
    token: string,
    path: string,
    init?: { method?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  close(): Promise<void>;
}

/** The demo credentials of a tenant. */
export function demoApp(alias: string): { clientId: string; clientSecret: string; id: string } {
  const tenant = demoTenants.find((candidate) => candidate.alias === alias);
  if (tenant === undefined) throw new Error(`no demo tenant ${alias}`);
  return tenant;
}

/** The text of an error code in Graph's envelope. */
export function errorCode(answer: Answer): unknown {
  return (answer.body.error as JsonObject | undefined)?.code;
}

/** Starts an emulator that is closed after the file's tests. */
export async function startBench(options: GraphEmulatorOptions = {}): Promise<Bench> {
  const adminToken = 'test-admin-token';
  const emulator = await startGraphEmulator({ adminToken, ...options });
  let open = true;
  const close = async (): Promise<void> => {
    if (open) await emulator.close();
    open = false;
  };
  afterAll(close);
  const read = async (response: Response): Promise<Answer> => {
    const text = await response.text();
    const body = text === '' ? {} : (JSON.parse(text) as JsonObject);
    return { status: response.status, headers: response.headers, body };
  };
  const askToken = async (tenant: string, form: Record<string, string> = {}): Promise<Answer> => {
    const known = demoTenants.find((candidate) => candidate.alias === tenant);
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
      client_id: known?.clientId ?? '',
      client_secret: known?.clientSecret ?? '',
      ...form,
    });
    return read(await fetch(`${emulator.url}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body }));
  };
  return {
    url: emulator.url,
    control: graphControl({ url: emulator.url, adminToken }),
    askToken,
    token: async (tenant) => jsonText((await askToken(tenant)).body.access_token),
    call: async (token, path, init = {}) =>
      read(
        await fetch(path.startsWith('http') ? path : `${emulator.url}${path}`, {
          method: init.method ?? 'GET',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers },
          ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
        }),
      ),
    close,
  };
}

/** Follows nextLinks to the end; counts pages and empty pages. */
export async function walk(
  bench: Bench,
  token: string,
  path: string,
): Promise<{ items: JsonObject[]; sizes: number[]; last: JsonObject }> {
  const items: JsonObject[] = [];
  const sizes: number[] = [];
  let next: string | undefined = path;
  let last: JsonObject = {};
  while (next !== undefined) {
    const answer: Answer = await bench.call(token, next);
    if (answer.status !== 200) throw new Error(`walk stopped with ${answer.status}`);
    last = answer.body;
    const page = answer.body.value as JsonObject[];
    sizes.push(page.length);
    items.push(...page);
    next = answer.body['@odata.nextLink'] as string | undefined;
  }
  return { items, sizes, last };
}
