import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { testKeyringText } from '@signalbox/testing/fixtures/workspace';
import { expect } from 'vitest';
import type { OperationBench } from './support.ts';

const main = new URL('../../src/main.ts', import.meta.url).pathname;

/** Lets a worker in a process of its own work, until it dies by SIGKILL where it is told to. Its lease lasts a second. */
export async function dieAt({ databaseUrl, graph }: OperationBench, failpoint: string): Promise<void> {
  const child = spawn(process.execPath, [main], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      SIGNALBOX_KEYS: testKeyringText,
      SIGNALBOX_GRAPH_URL: graph.graphUrl,
      SIGNALBOX_GRAPH_LOGIN_URL: graph.loginUrl,
      SIGNALBOX_LEASE_MS: '1000',
      SIGNALBOX_FAILPOINT: failpoint,
    },
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}
