import type { FastifyInstance } from 'fastify';
import type { AppContext, AppServices, Caller, RequestFacts } from '../../src/context.ts';
import { buildServer, type ServerOptions } from '../../src/http/server.ts';
import { testRouter } from './test-router.ts';

const principal = {
  workspaceId: 'ws-default',
  userId: 1,
  username: 'operator',
  role: 'operator',
  tenants: 'all',
} as const;

const caller = { principal, session: { id: 1, principal } } as unknown as Caller;

/** The HTTP layer needs none; an operation of the test router that touched one would fail on undefined. */
const noServices = {} as AppServices;

async function createContext(facts: RequestFacts): Promise<AppContext> {
  const signedIn = facts.headers.authorization === 'Bearer good';
  const authenticate = async () => (signedIn ? caller : null);
  return { ...facts, ...noServices, authenticate, authenticateAgain: authenticate };
}

/** The HTTP layer around the test router, listening on a free port of the loopback address. */
export async function startTestServer(options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const app = await buildServer({ router: testRouter, createContext, version: '0.0.0', ...options });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, url };
}

export interface TestServer {
  readonly app: FastifyInstance;
  readonly url: string;
}
