import type { Database } from '@signalbox/db/client/database';
import type { FastifyInstance } from 'fastify';
import type { AppContext, RequestFacts, Session } from '../../src/context.ts';
import { buildServer, type ServerOptions } from '../../src/http/server.ts';
import { testRouter } from './test-router.ts';

const session: Session = {
  id: 1,
  principal: { workspaceId: 'ws-default', userId: 1, username: 'operator', role: 'operator', tenants: 'all' },
};

/** The HTTP layer needs no database; touching it is a fault of the test. */
const noDatabase = new Proxy({} as Database, {
  get: () => {
    throw new Error('the HTTP layer asked the database');
  },
});

async function createContext(facts: RequestFacts): Promise<AppContext> {
  const signedIn = facts.headers.authorization === 'Bearer good';
  return { ...facts, db: noDatabase, authenticate: async () => (signedIn ? session : null) };
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
