import type { OperationOn } from '@signalbox/domain/operation/registry';

/** Work on one infra that can be started by itself, in the order it is offered. */
export const workflowNames = [
  'create_servers',
  'create_taskserv',
  'configure_taskserv',
  'restart_taskserv',
  'delete_taskserv',
  'create_cluster',
  'scale_cluster',
  'upgrade_cluster',
  'delete_cluster',
] as const satisfies readonly OperationOn<'provisioning'>[];
export type WorkflowName = (typeof workflowNames)[number];

export function isWorkflow(name: string | undefined): name is WorkflowName {
  return workflowNames.some((each) => each === name);
}

/** What a workflow is about, beside its infra. */
export function subjectOf(name: WorkflowName): 'servers' | 'taskserv' | 'cluster' {
  if (name === 'create_servers') return 'servers';
  return name.endsWith('_taskserv') ? 'taskserv' : 'cluster';
}
