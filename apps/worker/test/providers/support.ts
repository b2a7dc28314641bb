import { type GraphControl, graphControl } from '@signalbox/emulators/graph/control-client';
import { demoTenants } from '@signalbox/emulators/graph/seed/tenants';
import { startGraphEmulator } from '@signalbox/emulators/graph/start';
import { afterAll } from 'vitest';
import {
  createGraphClient,
  type GraphClient,
  type GraphClientOptions,
} from '../../src/providers/graph/graph-client.ts';
import { GraphFailure } from '../../src/providers/graph/graph-failure.ts';
import type { ThrottleNotice } from '../../src/providers/http/try-until-settled.ts';

/** An emulator and clients for it; closed after the file's tests. */
export interface GraphBench {
  url: string;
  control: GraphControl;
  /** What the last client's throttles said. */
  notices: ThrottleNotice[];
  client(change?: Partial<GraphClientOptions> & { tenant?: string }): GraphClient;
}

/** Starts an emulator of its own for a test file. */
export async function startGraphBench(): Promise<GraphBench> {
  const adminToken = 'test-admin-token';
  const emulator = await startGraphEmulator({ adminToken });
  afterAll(() => emulator.close());
  const notices: ThrottleNotice[] = [];
  return {
    url: emulator.url,
    control: graphControl({ url: emulator.url, adminToken }),
    notices,
    client({ tenant = 'contoso', ...change } = {}) {
      const demo = demoTenants.find(({ alias }) => alias === tenant);
      if (demo === undefined) throw new Error(`no demo tenant ${tenant}`);
      notices.length = 0;
      return createGraphClient({
        baseUrl: emulator.url,
        loginUrl: emulator.url,
        tenantExternalId: tenant,
        clientId: demo.clientId,
        clientSecret: demo.clientSecret,
        signal: new AbortController().signal,
        onThrottle: (notice) => notices.push(notice),
        retry: { baseMs: 1, capMs: 4 },
        ...change,
      });
    },
  };
}

/** The failure a promise ends with; anything else is a failed test. */
export async function failureOf(work: Promise<unknown>): Promise<GraphFailure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof GraphFailure) return error;
    throw error;
  }
  throw new Error('expected a GraphFailure');
}
