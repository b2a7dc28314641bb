import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '@signalbox/db/client/database';
import type { Person } from '@signalbox/domain/access/principal';
import { signedIn } from '@signalbox/testing/fixtures/signed-in';
import {
  makeTenant,
  makeWorkspace,
  type TestTenant,
  type TestWorkspace,
  testKeyring,
  testPassword,
} from '@signalbox/testing/fixtures/workspace';
import { createTestDatabase } from '@signalbox/testing/postgres/test-database';
import { createAccessTokens } from '../../src/access/access-tokens.ts';
import { type ApiOptions, startApi } from '../../src/start-api.ts';
import { Conformance } from './conformance.ts';

/** A request of a test. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** Whose bearer token is sent; nobody's when absent. */
  readonly as?: Person;
  /** An API key that is sent instead. */
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer, already compared with the served document. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into bodies of every shape, which the document judges
  readonly body: any;
}

/** An API on a database of its own, with a workspace, its members and a tenant that is ready. */
export interface TestApi {
  readonly url: string;
  readonly databaseUrl: string;
  /** Where its infras are; a directory of its own that goes with it. */
  readonly infraRoot: string;
  readonly db: Database;
  readonly workspace: TestWorkspace;
  readonly tenant: TestTenant;
  /** Sends one request and checks the answer against the document. */
  call(path: string, call?: Call): Promise<Answer>;
  token(principal: Person): Promise<string>;
  close(): Promise<void>;
}

interface TestApiOptions extends Partial<Omit<ApiOptions, 'databaseUrl'>> {
  /** Another way to the same database, for the API alone. */
  readonly via?: (databaseUrl: string) => Promise<string>;
}

/** Starts the real API on a fresh database. */
export async function startTestApi({ via, ...options }: TestApiOptions = {}): Promise<TestApi> {
  const database = await createTestDatabase();
  const infraRoot = await mkdtemp(join(tmpdir(), 'signalbox-infras-'));
  const db = await openDatabase({ url: database.url, name: 'test', max: 4 });
  const workspace = await makeWorkspace(db, 'ws-default');
  const tenant = await makeTenant(db, workspace.id, { externalId: 'contoso' });
  const api = await startApi({
    databaseUrl: via === undefined ? database.url : await via(database.url),
    keyring: testKeyring,
    host: '127.0.0.1',
    port: 0,
    demoPassword: null,
    infraRoot,
    ...options,
  });
  const conformance = new Conformance(await (await fetch(`${api.url}/openapi.json`)).json());
  const tokens = createAccessTokens(db, testKeyring);
  const held = new Map<number, Promise<string>>();

  async function freshToken(username: string): Promise<string> {
    const opened = await signedIn(db, { username, password: testPassword });
    if (opened === null) throw new Error(`${username} cannot sign in.`);
    return (await tokens.sign(opened)).token;
  }

  function token(principal: Person): Promise<string> {
    const known = held.get(principal.userId) ?? freshToken(principal.username);
    held.set(principal.userId, known);
    return known;
  }

  return {
    url: api.url,
    databaseUrl: database.url,
    infraRoot,
    db,
    workspace,
    tenant,
    token,
    async call(path, { method = 'GET', as, key, body, headers = {} } = {}) {
      const json = body === undefined ? {} : { 'content-type': 'application/json' };
      const credential = key ?? (as && (await token(as)));
      const bearer: Record<string, string> =
        credential === undefined ? {} : { authorization: `Bearer ${credential}` };
      const response = await fetch(`${api.url}${path}`, {
        method,
        headers: { ...json, ...bearer, ...headers },
        redirect: 'manual',
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const contentType = response.headers.get('content-type') ?? '';
      const parsed: unknown = /[/+]json\b/.test(contentType) ? JSON.parse(text) : undefined;
      const answer = { method, path, status: response.status, contentType, body: parsed ?? text };
      const fault = conformance.fault(answer);
      if (fault !== null) throw new Error(`${fault}\n${text.slice(0, 2_000)}`);
      if (/\bat .+\.ts:\d+|node_modules|postgres:\/\//.test(text))
        throw new Error(`an answer shows insides: ${text}`);
      return { status: response.status, headers: response.headers, text, body: parsed };
    },
    async close() {
      await api.close();
      await db.close();
      await database.drop();
      await rm(infraRoot, { recursive: true, force: true });
    },
  };
}
