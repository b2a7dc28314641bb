import type { OperationName } from '@signalbox/domain/operation/registry';
import type { z } from 'zod';
import { backupSetAddPoliciesInput } from './backup-set-add-policies.ts';
import { connectionCheckInput } from './connection-check.ts';
import { deploymentInput } from './deployment.ts';
import { restoreExecuteInput } from './restore-execute.ts';
import { restorePreviewInput } from './restore-preview.ts';
import { snapshotCaptureInput } from './snapshot-capture.ts';

/** The input shape of every operation. A new operation does not compile until it has one. */
export const operationInputs = {
  snapshot_capture: snapshotCaptureInput,
  backup_set_add_policies: backupSetAddPoliciesInput,
  restore_preview: restorePreviewInput,
  restore_execute: restoreExecuteInput,
  'provider.connection.check': connectionCheckInput,
  deployment: deploymentInput,
} as const satisfies Record<OperationName, z.ZodObject>;
