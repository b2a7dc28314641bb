import { backupSetAddPolicies } from './backup-set-add-policies.ts';
import { complianceSnapshot } from './compliance-snapshot.ts';
import { connectionCheck } from './connection-check.ts';
import type { GraphSettings } from './graph/session.ts';
import { groupsSync } from './groups-sync.ts';
import { inventorySync } from './inventory-sync.ts';
import { onboardingVerifications } from './onboarding-verifications.ts';
import type { Operation } from './operation.ts';
import { restoreExecute } from './restore-execute.ts';
import { restorePreview } from './restore-preview.ts';
import { roleDefinitionsSync } from './role-definitions-sync.ts';
import { snapshotCapture } from './snapshot-capture.ts';

/** What Signalbox does for tenants. */
export function builtInOperations(graph: GraphSettings): readonly Operation[] {
  return [
    snapshotCapture(graph),
    backupSetAddPolicies(graph),
    restorePreview(graph),
    restoreExecute(graph),
    connectionCheck(graph),
    ...onboardingVerifications(graph),
    groupsSync(graph),
    roleDefinitionsSync(graph),
    inventorySync(graph),
    complianceSnapshot(graph),
  ];
}
