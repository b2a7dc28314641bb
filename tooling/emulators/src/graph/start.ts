import { join } from 'node:path';
import { createFaultBook } from '../http/faults.ts';
import { listen } from '../http/listen.ts';
import { pause } from '../http/pause.ts';
import type { WireReply, WireRequest } from '../http/wire.ts';
import { batch } from './batch.ts';
import type { Emulator } from './context.ts';
import { controlPlane } from './control-plane.ts';
import { faultReply, graphPipeline } from './graph-pipeline.ts';
import { openLedger } from './ledger.ts';
import { noPersistence, openPersistence } from './persistence.ts';
import { badRequest } from './protocol.ts';
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
  const listener = await listen(options.port ?? 0, (request) =>
    dispatch(emulator, request, options.adminToken),
  );
  return {
    url: listener.url,
    port: listener.port,
    close: async () => {
      await listener.close();
      persistence.flush();
    },
  };
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
