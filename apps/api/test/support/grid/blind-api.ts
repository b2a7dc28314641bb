import { type Database, openDatabase } from '@signalbox/db/client/database';
import { coalesceStarts } from '@signalbox/db/commands/gate/start-coalescer';
import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import type { Person } from '@signalbox/domain/access/principal';
import { testKeyring } from '@signalbox/testing/fixtures/workspace';
import { createAccessTokens } from '../../../src/access/access-tokens.ts';
import { deviceCookies } from '../../../src/access/device-cookie.ts';
import { createLimits } from '../../../src/access/limits.ts';
import { sessionCookies } from '../../../src/access/session-cookie.ts';
import type { Caller } from '../../../src/context.ts';
import { contextMaker } from '../../../src/create-context.ts';
import { buildServer } from '../../../src/http/server.ts';
import { openLiveHub } from '../../../src/live/live-hub.ts';
import { createCursors } from '../../../src/page/cursors.ts';
import { appRouter } from '../../../src/router.ts';
import type { TestApi } from '../test-api.ts';
import { deceived } from './deceived.ts';

/** An API whose own checks all say yes. */
export interface BlindApi {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the real router with the checks of the application switched off, for a caller with a real session in `actual`:
 *
 * - who the caller is: a full owner of `believed`, whatever they asked for, so that no capability is missing;
 * - what they may see: all tenants, so that no entitlement narrows a query;
 * - where they are: every `where workspace_id = ...` names `believed`, so that each filter lets exactly the foreign
 *   rows through.
 *
 * The transactions say `actual`, as they do in production, where the setting comes from the caller's own membership.
 */
export async function startBlindApi(
  api: TestApi,
  { believed, actual }: { readonly believed: string; readonly actual: string },
): Promise<BlindApi> {
  const db = deceived(await openDatabase({ url: api.databaseUrl, name: 'blind', max: 4 }), {
    believed,
    actual,
  });
  const open = (): Promise<Database> => openDatabase({ url: api.databaseUrl, name: 'blind live', max: 1 });
  const live = await openLiveHub({ db, open, onError: () => {} });
  const make = contextMaker({
    db,
    live,
    cookies: sessionCookies({ publicOrigin: undefined, host: '127.0.0.1', demo: false }),
    demoPassword: null,
    graphLoginUrl: 'http://127.0.0.1:9',
    publicOrigin: undefined,
    infraRoot: api.infraRoot,
    rollbackWaitMs: 1_000,
    workflowWaitMs: 1_000,
    tierSecret: null,
    keyring: testKeyring,
    devices: deviceCookies(testKeyring, { secure: false }),
    limits: createLimits(db, testKeyring),
    gate: coalesceStarts((workspaceId, requests) => startRuns(db, workspaceId, requests)),
    cursors: createCursors(testKeyring),
    tokens: createAccessTokens(db, testKeyring),
  });
  const app = await buildServer({
    router: appRouter,
    version: '0.0.0',
    createContext: async (facts) => {
      const context = await make(facts);
      const authenticate = async () => fullOwner(await context.authenticate(), believed);
      return { ...context, authenticate, authenticateAgain: authenticate };
    },
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    async close() {
      await app.close();
      await live.close();
      await db.close();
    },
  };
}

function fullOwner(caller: Caller | null, workspaceId: string): Caller | null {
  if (caller?.session == null) return null;
  const { session } = caller;
  const principal: Person = { ...session.principal, workspaceId, role: 'owner', tenants: 'all' };
  return { principal, session: { ...session, principal } };
}
