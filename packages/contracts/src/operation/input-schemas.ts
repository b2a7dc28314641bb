import type { OperationName } from '@signalbox/domain/operation/registry';
import type { z } from 'zod';
import { backupSetAddPoliciesInput } from './backup-set-add-policies.ts';
import { deploymentInput } from './deployment.ts';
import { emptyInput } from './empty-input.ts';
import { groupsSyncInput } from './groups-sync.ts';
import { clusterInput, serverCheckInput, serversInput, taskservInput } from './provisioning-inputs.ts';
import { rollbackInput } from './provisioning-rollback.ts';
import { restoreExecuteInput } from './restore-execute.ts';
import { restorePreviewInput } from './restore-preview.ts';
import { snapshotCaptureInput } from './snapshot-capture.ts';

/** The input shape of every operation. A new operation does not compile until it has one. */
export const operationInputs = {
  snapshot_capture: snapshotCaptureInput,
  backup_set_add_policies: backupSetAddPoliciesInput,
  restore_preview: restorePreviewInput,
  restore_execute: restoreExecuteInput,
  'provider.connection.check': emptyInput,
  'onboarding.consent.verify': emptyInput,
  'onboarding.connectivity.check': emptyInput,
  'onboarding.permissions.verify': emptyInput,
  'onboarding.rbac.verify': emptyInput,
  'directory.groups.sync': groupsSyncInput,
  'directory.role_definitions.sync': emptyInput,
  'inventory.sync': emptyInput,
  'compliance.snapshot': emptyInput,
  'servers.connection.check': serverCheckInput,
  provisioning_rollback: rollbackInput,
  create_servers: serversInput,
  create_taskserv: taskservInput,
  delete_taskserv: taskservInput,
  restart_taskserv: taskservInput,
  configure_taskserv: taskservInput,
  create_cluster: clusterInput,
  delete_cluster: clusterInput,
  scale_cluster: clusterInput,
  upgrade_cluster: clusterInput,
  deployment: deploymentInput,
} as const satisfies Record<OperationName, z.ZodObject>;
