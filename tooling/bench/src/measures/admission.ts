import { openDatabase } from '@signalbox/db/client/database';
import { coalesceStarts } from '@signalbox/db/commands/gate/start-coalescer';
import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import type { BenchWorkspace } from '../bench-workspace.ts';
import { ratePerSecond } from '../callers.ts';

/** Admitted starts a second through the gate, everything on; no worker takes them. */
export async function admissionRate(
  url: string,
  workspace: BenchWorkspace,
  load: { readonly callers: number; readonly count: number },
): Promise<number> {
  const db = await openDatabase({ url, name: 'bench', max: 16 });
  const start = coalesceStarts((workspaceId, requests) => startRuns(db, workspaceId, requests));
  try {
    return await ratePerSecond(load.callers, load.count, async (unit) => {
      const result = await start(workspace.start(unit));
      if (result.kind !== 'decided' || result.verdict.kind !== 'accepted') {
        throw new Error(`Start ${unit} was not accepted: ${JSON.stringify(result).slice(0, 200)}`);
      }
    });
  } finally {
    await db.close();
  }
}
