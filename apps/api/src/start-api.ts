import { resolve } from 'node:path';
import { type Database, openDatabase } from '@signalbox/db/client/database';
import { offerSetup } from '@signalbox/db/commands/access/setup-link';
import { coalesceStarts } from '@signalbox/db/commands/gate/start-coalescer';
import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import { missingKeys } from '@signalbox/db/secrets/key-use';
import type { FastifyBaseLogger } from 'fastify';
import { createAccessTokens } from './access/access-tokens.ts';
import { deviceCookies } from './access/device-cookie.ts';
import { createLimits, type LimitSettings } from './access/limits.ts';
import { sessionCookies } from './access/session-cookie.ts';
import { sharedSecret } from './access/shared-secret.ts';
import { answeringDatabase } from './answering-database.ts';
import { contextMaker } from './create-context.ts';
import { buildServer } from './http/server.ts';
import { type LiveHubOptions, openLiveHub } from './live/live-hub.ts';
import { readSystemHealth, readSystemMetrics } from './observability/system-state.ts';
import { createCursors } from './page/cursors.ts';
import { appRouter } from './router.ts';
import { version } from './version.ts';
import { EventSockets } from './ws/event-sockets.ts';
import type { Samples } from './ws/workspace-feeds.ts';
import { usualWsSettings, type WsSettings } from './ws/ws-settings.ts';

export interface ApiOptions {
  /** A migrated database. */
  readonly databaseUrl: string;
  readonly keyring: Keyring;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The shared password of the demo accounts; null elsewhere. */
  readonly demoPassword: string | null;
  /** What the billing system sends to set a tier; owners set it unless said. */
  readonly tierSecret?: string | undefined;
  readonly webDirectory?: string | undefined;
  readonly publicOrigin?: string | undefined;
  /** Where an administrator grants consent; the public service unless said. */
  readonly graphLoginUrl?: string | undefined;
  /** Below it every infra is a directory; `.signalbox/infras` where the process runs, unless said. */
  readonly infraRoot?: string;
  /** Another patience with rollbacks that are waited for, for tests, in milliseconds. */
  readonly rollbackWaitMs?: number;
  /** Another patience with workflows that are waited for, for tests, in milliseconds. */
  readonly workflowWaitMs?: number;
  /** The proxies whose X-Forwarded-For is believed; nobody's unless said. */
  readonly trustedProxies?: string | undefined;
  /** Requests a minute of one caller; 0, no limit, unless said. */
  readonly requestsPerMinute?: number;
  readonly logger?: FastifyBaseLogger;
  /** How many attempts are let through; what a person needs unless said. */
  readonly limits?: LimitSettings | undefined;
  /** Another interval between two looks at the signing keys, for tests. */
  readonly keysReadEveryMs?: number;
  /** What else event sockets are told of health and metrics, for tests. */
  readonly samples?: Samples;
  /** Other patience of the event sockets, for tests. */
  readonly ws?: Partial<WsSettings>;
  /** Other intervals of the live stream, for tests. */
  readonly live?: Partial<Pick<LiveHubOptions, 'pollMs' | 'beatMs' | 'recheckMs'>>;
}

/** A started API. */
export interface RunningApi {
  readonly url: string;
  /** The secret that makes the first owner, once; null when somebody exists, and on a demo, which makes its own people. */
  readonly setupSecret: string | null;
  /** Answers what has begun, cuts open streams, and lets go of the database. */
  close(): Promise<void>;
}

/**
 * Starts the API on one listener.
 * @throws Error when the database cannot be used or the port is taken
 */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const { databaseUrl: url, host, port, keyring, demoPassword, publicOrigin, logger } = options;
  const db = await openDatabase({ url, name: 'signalbox api' });
  const opened: (() => Promise<void>)[] = [() => db.close()];
  const closeAll = async () => {
    for (const close of opened.reverse()) await close();
  };
  try {
    const live = await openLiveHub({
      db,
      open: (): Promise<Database> => openDatabase({ url, name: 'signalbox api live', max: 1 }),
      onError: (error) => logger?.warn({ err: error }, 'the live stream could not look at the database'),
      ...options.live,
    });
    opened.push(() => live.close());
    for (const line of await missingKeys(db, keyring)) logger?.error(line);
    const cookies = sessionCookies({ publicOrigin, host, demo: demoPassword !== null });
    if (cookies.plain) logger?.warn('The session cookie travels over plain http; put https in front.');
    const answering = answeringDatabase(db);
    const cursors = createCursors(keyring);
    const sockets = new EventSockets({
      ...{ db: answering, live, cursors, samples: options.samples ?? samplesOf(answering) },
      settings: { ...usualWsSettings, ...options.ws },
      onError: (error) => logger?.warn({ err: error }, 'an event socket could not look at the database'),
      onClosing: (code) => logger?.info({ code }, 'an event socket is being closed'),
    });
    const app = await buildServer({
      router: appRouter,
      createContext: contextMaker({
        db: answering,
        live,
        cookies,
        keyring,
        devices: deviceCookies(keyring, { secure: !cookies.plain }),
        limits: createLimits(answering, keyring, options.limits),
        tierSecret: options.tierSecret === undefined ? null : sharedSecret(options.tierSecret),
        demoPassword,
        graphLoginUrl: options.graphLoginUrl ?? 'https://login.microsoftonline.com',
        publicOrigin,
        infraRoot: resolve(options.infraRoot ?? '.signalbox/infras'),
        rollbackWaitMs: options.rollbackWaitMs ?? 120_000,
        workflowWaitMs: options.workflowWaitMs ?? 60_000,
        gate: coalesceStarts((workspaceId, requests) => startRuns(db, workspaceId, requests)),
        cursors,
        tokens: createAccessTokens(db, keyring, options.keysReadEveryMs),
      }),
      version,
      sockets,
      ...(logger !== undefined && { logger }),
      ...(options.webDirectory !== undefined && { consoleDirectory: options.webDirectory }),
      ...(publicOrigin !== undefined && { publicOrigin }),
      ...(options.requestsPerMinute !== undefined && { requestsPerMinute: options.requestsPerMinute }),
      ...(options.trustedProxies !== undefined && { trustedProxies: options.trustedProxies }),
    });
    opened.push(() => app.close());
    const setupSecret = demoPassword === null ? await offerSetup(db) : null;
    return { url: await app.listen({ host, port }), setupSecret, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** What is measured while somebody listens. */
function samplesOf(db: Database): Samples {
  const sources = { db, directory: process.cwd() };
  return {
    readHealth: (workspaceId) => readSystemHealth(sources, workspaceId),
    readMetrics: (workspaceId) => readSystemMetrics(sources, workspaceId),
  };
}
