import type { WorkspaceTransaction } from '@signalbox/db/client/database';
import { surroundings } from '@signalbox/db/queries/observability/surroundings';
import { failureKindsOf } from '@signalbox/db/queries/run/failure-kinds';
import { queuePlaceOf } from '@signalbox/db/queries/run/queue-place';
import { lineageOf, scopesOf } from '@signalbox/db/queries/run/run-parts';
import type { RunWithPayload } from '@signalbox/db/queries/run/run-record';
import type { Principal } from '@signalbox/domain/access/principal';
import { isTerminal } from '@signalbox/domain/run/lifecycle';
import type { RunView } from './run.ts';

/** What is told about a run beside its own row, to one caller. */
export async function loadRunView(
  tx: WorkspaceTransaction,
  record: RunWithPayload,
  principal: Principal,
): Promise<RunView> {
  const scopes = await scopesOf(tx, record.id);
  const lineage = await lineageOf(tx, record);
  const around = await surroundings(tx);
  const inLine = record.status === 'queued' && record.wakeAt <= around.now;
  const queue = inLine ? await queuePlaceOf(tx, principal, record) : null;
  const broke = isTerminal(record.status) && record.counts.failed > 0;
  const failures = broke ? await failureKindsOf(tx, record.id) : [];
  return { record, scopes, lineage, around, queue, failures };
}
