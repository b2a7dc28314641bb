import type { WorkspaceTransaction } from '@signalbox/db/client/database';
import { surroundings } from '@signalbox/db/queries/observability/surroundings';
import { lineageOf, scopesOf } from '@signalbox/db/queries/run/run-parts';
import type { RunWithPayload } from '@signalbox/db/queries/run/run-record';
import type { RunView } from './run.ts';

/** What is told about a run beside its own row. */
export async function loadRunView(tx: WorkspaceTransaction, record: RunWithPayload): Promise<RunView> {
  const scopes = await scopesOf(tx, record.id);
  const lineage = await lineageOf(tx, record);
  return { record, scopes, lineage, around: await surroundings(tx) };
}
