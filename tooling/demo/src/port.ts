import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { StartProblem } from './settings.ts';

/** Where the API listens, and where a program that listens everywhere would be in its way. */
const hosts = ['127.0.0.1', undefined];

/** Fails with a message that names the port when it cannot be had within so many milliseconds. */
export async function requireFreePort(port: number, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const refusal = (await refusalOf(port, hosts[0])) ?? (await refusalOf(port, hosts[1]));
    if (refusal === null) return;
    if (performance.now() >= deadline) {
      const why = refusal === 'EACCES' ? 'may not be used by you' : 'is in use';
      const other = port < 60_000 ? port + 10 : port - 10;
      throw new StartProblem(`Port ${port} ${why}. Choose another one, for example: PORT=${other} npm start`);
    }
    await delay(100);
  }
}

/** The code with which the system refuses to listen there, or null when it does not. */
async function refusalOf(port: number, host: string | undefined): Promise<string | null> {
  const probe = createServer();
  try {
    probe.listen({ port, host });
    await once(probe, 'listening');
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  } finally {
    await new Promise((resolve) => probe.close(resolve));
  }
}

/** The port to try first for the database: 5432 beside 3000, and so on. */
export function besides(port: number): number {
  const distance = 2_432;
  return port + distance <= 65_000 ? port + distance : port - distance;
}

/** A port nobody listens on now. */
export async function anyFreePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
