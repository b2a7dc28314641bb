import type { AppRouter } from '@signalbox/api/router';
import type { inferRouterOutputs } from '@trpc/server';

type Outputs = inferRouterOutputs<AppRouter>;

/** Checkpoints and rollbacks as the typed client gives them. */
export type CheckpointView = Outputs['checkpoint']['get'];
export type CheckpointRowView = Outputs['checkpoint']['list']['items'][number];
export type RollbackPreviewView = Outputs['rollback']['preview'];
export type RollbackStepView = RollbackPreviewView['steps'][number];
