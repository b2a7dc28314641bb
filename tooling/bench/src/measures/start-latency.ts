import { setTimeout as delay } from 'node:timers/promises';
import type { BenchServer } from '../bench-server.ts';
import type { BenchWorkspace } from '../bench-workspace.ts';
import { benchOperation, withWorker } from './with-worker.ts';

/** Milliseconds from the call of start to the first line of the operation, at a steady rate. */
export async function startLatency(
  server: BenchServer,
  workspace: BenchWorkspace,
  load: { readonly perSecond: number; readonly count: number },
): Promise<number[]> {
  const began = new Map<number, number>();
  const samples: number[] = [];
  const firstLine = benchOperation(async (context) => {
    const now = performance.now();
    const since = began.get(context.run.tenantId ?? 0);
    if (since !== undefined) samples.push(now - since);
    return { kind: 'done' };
  });
  return withWorker({ url: server.url, slots: 16, operation: firstLine }, async ({ start }) => {
    for (let unit = 0; unit < load.count; unit++) {
      const request = workspace.start(unit);
      began.set(request.tenantId ?? 0, performance.now());
      void start(request);
      await delay(1000 / load.perSecond);
    }
    while (samples.length < load.count) await delay(20);
    return samples;
  });
}
