import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { BenchServer } from '../bench-server.ts';
import type { BenchWorkspace } from '../bench-workspace.ts';
import { ratePerSecond } from '../callers.ts';
import { benchOperation, withWorker } from './with-worker.ts';

const threeSteps = benchOperation(async (context) => {
  for (const name of ['first', 'second', 'third'])
    await context.step(name, { idempotent: true }, async () => null);
  return { kind: 'done' };
});

/** Runs a second, from the first start until the database says that all have succeeded: three durable steps each. */
export function endToEndRate(
  server: BenchServer,
  workspace: BenchWorkspace,
  load: { readonly callers: number; readonly count: number },
): Promise<number> {
  return withWorker({ url: server.url, slots: 200, operation: threeSteps }, async ({ db, start }) => {
    const { workspaceId } = workspace.principal;
    const began = performance.now();
    await ratePerSecond(load.callers, load.count, async (unit) => {
      await start(workspace.start(unit));
    });
    for (;;) {
      const left = await db.inWorkspace(workspaceId, (tx) =>
        tx.query.execute<{ left: number }>(sql`
          select count(*)::int as left from runs where workspace_id = ${workspaceId} and status in ('queued', 'running')`),
      );
      if (left[0]?.left === 0) break;
      await delay(5);
    }
    return load.count / ((performance.now() - began) / 1000);
  });
}
