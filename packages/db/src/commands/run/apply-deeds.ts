import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { previewedItems } from '../../queries/backup/previewed-items.ts';
import { addBackupItems } from '../backup/add-backup-items.ts';
import { capturePolicies } from '../backup/capture-policies.ts';
import { savePreview } from '../backup/save-preview.ts';
import { recordCheck } from '../connection/record-check.ts';
import { setThrottled } from '../connection/set-throttled.ts';
import type { Deed } from './deeds.ts';
import type { ItemResult, RunWrite } from './run-write.ts';

/**
 * Does the deeds of fenced writes that stand on their own, and answers the writes with what their items learned
 * from them. Runs after the fence: a run that lost its lease changes nothing.
 */
export async function applyDeeds(tx: WorkspaceTransaction, writes: readonly RunWrite[]): Promise<RunWrite[]> {
  const completed: RunWrite[] = [];
  for (const write of writes) {
    const learned = new Map<string, JsonObject>();
    for (const deed of write.deeds ?? []) await applyDeed(tx, { runId: write.runId, deed, learned });
    completed.push(learned.size === 0 ? write : { ...write, results: complete(write.results, learned) });
  }
  return completed;
}

/** Does the deeds that read what the items recorded; runs after their results. */
export async function applyClosingDeeds(
  tx: WorkspaceTransaction,
  writes: readonly RunWrite[],
): Promise<void> {
  for (const { runId, deeds } of writes) {
    for (const deed of deeds ?? []) {
      if (deed.kind !== 'save_preview') continue;
      await savePreview(tx, { runId, setId: deed.backupSetId }, await previewedItems(tx, runId));
    }
  }
}

interface Doing {
  readonly runId: number;
  readonly deed: Deed;
  /** Details by item key. */
  readonly learned: Map<string, JsonObject>;
}

async function applyDeed(tx: WorkspaceTransaction, { runId, deed, learned }: Doing): Promise<void> {
  switch (deed.kind) {
    case 'capture_policies': {
      const versions = await capturePolicies(tx, { tenantId: deed.tenantId, runId }, deed.policies);
      const setId = deed.backupSetId;
      const ids = versions.map((version) => version.versionId);
      const added = setId === null ? null : await addBackupItems(tx, { setId, runId }, ids);
      for (const { externalId, version, fresh, versionId } of versions) {
        learned.set(externalId, { version, fresh, ...(added !== null && { added: added.has(versionId) }) });
      }
      return;
    }
    case 'record_check':
      return recordCheck(tx, deed.connectionId, deed.finding);
    case 'set_throttled':
      return setThrottled(tx, deed.connectionId, deed.waitMs);
    case 'save_preview':
      return;
  }
}

function complete(results: readonly ItemResult[], learned: ReadonlyMap<string, JsonObject>): ItemResult[] {
  return results.map((result) => {
    const detail = learned.get(result.key);
    return detail === undefined ? result : { ...result, detail };
  });
}
