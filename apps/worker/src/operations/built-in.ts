import { backupSetAddPolicies } from './backup-set-add-policies.ts';
import { connectionCheck } from './connection-check.ts';
import type { GraphSettings } from './graph/session.ts';
import type { Operation } from './operation.ts';
import { restoreExecute } from './restore-execute.ts';
import { restorePreview } from './restore-preview.ts';
import { snapshotCapture } from './snapshot-capture.ts';

/** The operations that Signalbox brings along. */
export function builtInOperations(graph: GraphSettings): readonly Operation[] {
  return [
    snapshotCapture(graph),
    backupSetAddPolicies(graph),
    restorePreview(graph),
    restoreExecute(graph),
    connectionCheck(graph),
  ];
}
