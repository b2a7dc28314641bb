import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { batch } from './batch.ts';
import type { Emulator } from './context.ts';
import { controlPlane } from './control-plane.ts';
import { createFaultBook } from './faults.ts';
import { faultReply, graphPipeline, pause } from './graph-pipeline.ts';
import { openLedger } from './ledger.ts';
import { noPersistence, openPersistence } from './persistence.ts';
import { badRequest, type WireReply, type WireRequest } from './protocol.ts';
import { createRateLimiter } from './rate-limit.ts';
import { adminConsent, tokenEndpoint } from './routes/login.ts';
import { buildWorld, demoSeed } from './seed/build-world.ts';
import { defaultSettings, type EmulatorSettings } from './settings.ts';
import { createTokenStore } from './tokens.ts';

/** How to start an emulator; everything has a default fit for tests. */
export interface GraphEmulatorOptions {
  /** 0 takes any free port. */
  port?: number;
  /** Where changes and the ledger are kept; in memory when absent. */
  stateDir?: string;
  seed?: number;
  latencyMs?: number;
  /** Opens the control plane to those who send it; absent: there is none. */
  adminToken?: string;
  settings?: Partial<EmulatorSettings>;
}

/** A running emulator. */
export interface GraphEmulator {
  /** Base of Graph and of the token endpoint alike, without a trailing slash. */
  url: string;
  port: number;
  /** Stops listening, closes open connections and writes what is not yet on disk. */
  close(): Promise<void>;
}

/** The greatest request body taken, in bytes; the real service stops at about 4 MB. */
const bodyLimit = 4 * 1024 * 1024;

/** Starts the Microsoft Graph emulator on loopback; rejects when the port is taken. */
export async function startGraphEmulator(options: GraphEmulatorOptions = {}): Promise<GraphEmulator> {
  const seed = options.seed ?? demoSeed;
  const { stateDir, latencyMs } = options;
  const persistence = stateDir === undefined ? noPersistence : openPersistence(stateDir, seed);
  const settings = {
    ...defaultSettings,
    ...options.settings,
    ...(latencyMs === undefined ? {} : { latencyMs }),
  };
  let walks = 0;
  const emulator: Emulator = {
    world: buildWorld(seed),
    settings,
    tokens: createTokenStore(Date.now),
    faults: createFaultBook(),
    ledger: openLedger(stateDir === undefined ? undefined : join(stateDir, 'ledger.ndjson')),
    limiter: createRateLimiter(() => emulator.settings, Date.now),
    throttledWalks: new Set(),
    nextWalk: () => {
      walks += 1;
      return `w${walks}`;
    },
    changed: (tenant) => persistence.changed(tenant),
    reset: () => {
      emulator.world = buildWorld(seed);
      emulator.settings = settings;
      emulator.faults.clear();
      emulator.ledger.clear();
      emulator.limiter.reset();
      emulator.tokens.expire();
      for (const tenant of emulator.world.values()) persistence.changed(tenant);
    },
  };
  persistence.load(emulator.world);
  const server = createServer((incoming, outgoing) => {
    serve(emulator, { incoming, outgoing, adminToken: options.adminToken }).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      persistence.flush();
    },
  };
}

interface Exchange {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  adminToken: string | undefined;
}

async function serve(emulator: Emulator, { incoming, outgoing, adminToken }: Exchange): Promise<void> {
  const request = await readRequest(incoming);
  const reply = request === undefined ? { status: 413 } : await dispatch(emulator, request, adminToken);
  if (reply.drop === true) {
    outgoing.destroy();
    return;
  }
  const text = reply.text ?? (reply.body === undefined ? '' : JSON.stringify(reply.body));
  outgoing.writeHead(reply.status, {
    ...(text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...reply.headers,
  });
  outgoing.end(text);
}

async function dispatch(
  emulator: Emulator,
  request: WireRequest,
  adminToken: string | undefined,
): Promise<WireReply> {
  const { pathname } = request.url;
  if (!decodable(pathname)) return badRequest(request, 'intune', 'The path has a broken escape.');
  if (pathname.startsWith('/__emulator/')) return controlPlane(emulator, request, adminToken);
  await pause(emulator.settings.latencyMs);
  const token = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(pathname)?.[1];
  if (token !== undefined && request.method === 'POST') {
    const fault = emulator.faults.take({ method: 'POST', path: pathname, query: '', tenant: token });
    const instead = fault === undefined ? undefined : faultReply(request, fault);
    if (fault?.delayMs !== undefined) await pause(fault.delayMs);
    return instead ?? tokenEndpoint(emulator, request, decodeURIComponent(token));
  }
  const consent = /^\/([^/]+)\/adminconsent$/.exec(pathname)?.[1];
  if (consent !== undefined && request.method === 'GET') {
    return adminConsent(emulator, request, decodeURIComponent(consent));
  }
  if (/^\/(v1\.0|beta)\/\$batch$/.test(decodeURIComponent(pathname)) && request.method === 'POST') {
    return batch(emulator, request);
  }
  return graphPipeline(emulator, request);
}

function decodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) return undefined;
    chunks.push(chunk);
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? '127.0.0.1'}`),
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
