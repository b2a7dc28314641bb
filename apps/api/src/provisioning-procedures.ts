import type { clusterWorkflowContract } from '@signalbox/contracts/provisioning/cluster-workflow';
import type { contractCreateCheckpointContract } from '@signalbox/contracts/provisioning/contract-create-checkpoint';
import type { contractListCheckpointsContract } from '@signalbox/contracts/provisioning/contract-list-checkpoints';
import type { createCheckpointContract } from '@signalbox/contracts/provisioning/create-checkpoint';
import type { createInfraContract } from '@signalbox/contracts/provisioning/create-infra';
import type { createServersWorkflowContract } from '@signalbox/contracts/provisioning/create-servers-workflow';
import type { executeRollbackContract } from '@signalbox/contracts/provisioning/execute-rollback';
import type { getCheckpointContract } from '@signalbox/contracts/provisioning/get-checkpoint';
import type { getInfraContract } from '@signalbox/contracts/provisioning/get-infra';
import type { getSystemHealthContract } from '@signalbox/contracts/provisioning/get-system-health';
import type { getSystemMetricsContract } from '@signalbox/contracts/provisioning/get-system-metrics';
import type { getTaskContract } from '@signalbox/contracts/provisioning/get-task';
import type { getWorkflowProgressContract } from '@signalbox/contracts/provisioning/get-workflow-progress';
import type { listCheckpointsContract } from '@signalbox/contracts/provisioning/list-checkpoints';
import type { listInfrasContract } from '@signalbox/contracts/provisioning/list-infras';
import type { listTasksContract } from '@signalbox/contracts/provisioning/list-tasks';
import type { listWorkflowSnapshotsContract } from '@signalbox/contracts/provisioning/list-workflow-snapshots';
import type { previewRollbackContract } from '@signalbox/contracts/provisioning/preview-rollback';
import type { setInfraSettingsContract } from '@signalbox/contracts/provisioning/set-infra-settings';
import type { startRollbackContract } from '@signalbox/contracts/provisioning/start-rollback';
import type { taskservWorkflowContract } from '@signalbox/contracts/provisioning/taskserv-workflow';
import type { Mutation, Query } from './procedure-shapes.ts';

/** The procedures of infras, their work and its undoing by their path, as a part of `AppProcedures`. */
export type ProvisioningProcedures = {
  state: {
    progress: Query<typeof getWorkflowProgressContract>;
    snapshots: Query<typeof listWorkflowSnapshotsContract>;
    metrics: Query<typeof getSystemMetricsContract>;
    health: Query<typeof getSystemHealthContract>;
  };
  checkpoint: {
    list: Query<typeof listCheckpointsContract>;
    create: Mutation<typeof createCheckpointContract>;
    get: Query<typeof getCheckpointContract>;
  };
  rollback: {
    preview: Mutation<typeof previewRollbackContract>;
    start: Mutation<typeof startRollbackContract>;
  };
  rollbackContract: {
    createCheckpoint: Mutation<typeof contractCreateCheckpointContract>;
    listCheckpoints: Query<typeof contractListCheckpointsContract>;
    execute: Mutation<typeof executeRollbackContract>;
  };
  infra: {
    list: Query<typeof listInfrasContract>;
    create: Mutation<typeof createInfraContract>;
    get: Query<typeof getInfraContract>;
    setSettings: Mutation<typeof setInfraSettingsContract>;
  };
  workflow: {
    createServers: Mutation<typeof createServersWorkflowContract>;
    taskserv: Mutation<typeof taskservWorkflowContract>;
    cluster: Mutation<typeof clusterWorkflowContract>;
  };
  task: {
    list: Query<typeof listTasksContract>;
    get: Query<typeof getTaskContract>;
  };
};
