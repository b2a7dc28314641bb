import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { addBackupItems } from '../backup/add-backup-items.ts';
import { capturePolicies } from '../backup/capture-policies.ts';
import { recordCheck } from '../connection/record-check.ts';
import { setThrottled } from '../connection/set-throttled.ts';
import { recordEvidence } from '../onboarding/record-evidence.ts';
import { changeResource } from '../provisioning/change-resource.ts';
import { undoChange } from '../provisioning/undo-change.ts';
import type { Deed } from './deeds.ts';
import type { ItemResult, RunWrite } from './run-write.ts';

type Capture = Extract<Deed, { kind: 'capture_policies' }>;

/**
 * Does the deeds of fenced writes, and answers the writes with what their items learned from them. Runs after the
 * fence: a run that lost its lease changes nothing.
 */
export async function applyDeeds(tx: WorkspaceTransaction, writes: readonly RunWrite[]): Promise<RunWrite[]> {
  const completed: RunWrite[] = [];
  for (const write of writes) {
    const learned = new Map<string, JsonObject>();
    for (const deed of merged(write.deeds ?? [])) {
      if (deed.kind === 'capture_policies') await capture(tx, { runId: write.runId, deed, learned });
      else await apply(tx, write.runId, deed);
    }
    completed.push(learned.size === 0 ? write : { ...write, results: complete(write.results, learned) });
  }
  return completed;
}

async function apply(tx: WorkspaceTransaction, runId: number, deed: Exclude<Deed, Capture>): Promise<void> {
  switch (deed.kind) {
    case 'record_check':
      return recordCheck(tx, deed.connectionId, deed.finding);
    case 'record_evidence':
      return recordEvidence(tx, runId, deed.seen);
    case 'change_resource':
      return changeResource(tx, runId, deed.now);
    case 'undo_change':
      return undoChange(tx, runId, deed.undone);
    case 'set_throttled':
      return setThrottled(tx, deed.connectionId, deed.waitMs);
  }
}

/** Captures that go to the same place become one, so that a write costs few statements however many it gathered. */
function merged(deeds: readonly Deed[]): Deed[] {
  const captures = new Map<string, Capture>();
  const others: Deed[] = [];
  for (const deed of deeds) {
    if (deed.kind !== 'capture_policies') {
      others.push(deed);
      continue;
    }
    const place = `${deed.tenantId}:${deed.backupSetId ?? ''}`;
    const policies = [...(captures.get(place)?.policies ?? []), ...deed.policies];
    captures.set(place, { ...deed, policies });
  }
  return [...captures.values(), ...others];
}

interface Capturing {
  readonly runId: number;
  readonly deed: Capture;
  /** Details by item key. */
  readonly learned: Map<string, JsonObject>;
}

async function capture(tx: WorkspaceTransaction, { runId, deed, learned }: Capturing): Promise<void> {
  const versions = await capturePolicies(tx, { tenantId: deed.tenantId, runId }, deed.policies);
  const setId = deed.backupSetId;
  const ids = versions.map((version) => version.versionId);
  const added = setId === null ? null : await addBackupItems(tx, { setId, runId }, ids);
  for (const { externalId, version, fresh, versionId } of versions) {
    learned.set(externalId, { version, fresh, ...(added !== null && { added: added.has(versionId) }) });
  }
}

function complete(results: readonly ItemResult[], learned: ReadonlyMap<string, JsonObject>): ItemResult[] {
  return results.map((result) => {
    const detail = learned.get(result.key);
    return detail === undefined ? result : { ...result, detail };
  });
}
