import type { WorkflowTask } from '@signalbox/contracts/provisioning/workflow-task';
import type { TaskRecord } from '@signalbox/db/queries/provisioning/tasks';
import type { Json, JsonObject } from '@signalbox/domain/gate/canonical';
import { taskStatus } from '@signalbox/domain/provisioning/task-status';
import { percent } from '../percent.ts';
import { moment } from '../time.ts';

/** A run of provisioning as a task. `output` is what it said, where that was asked for. */
export function presentTask(task: TaskRecord, output?: string): WorkflowTask {
  const { safeError, startedAt, finishedAt } = task;
  const status = taskStatus(task.status);
  return {
    id: task.uid,
    name: task.operation,
    command: commandOf(task.operation),
    args: argsOf(task.input, task.context),
    dependencies: [...task.needs],
    status,
    created_at: moment(task.createdAt),
    started_at: startedAt && moment(startedAt),
    completed_at: finishedAt && moment(finishedAt),
    ...(output !== undefined && { output: output === '' ? null : output }),
    error: safeError === null ? null : safeError.message,
    progress: status === 'Completed' ? 100 : task.progress === null ? null : percent(task.progress),
  };
}

/** `create_taskserv` is the command `taskserv create`; undoing is a command of its own. */
function commandOf(operation: string): string {
  if (operation === 'provisioning_rollback') return 'rollback';
  const [verb = operation, noun] = operation.split('_');
  return noun === undefined ? verb : `${noun} ${verb}`;
}

/** What was asked, as arguments: names first, then each option with its value as an argument of its own. */
function argsOf(input: JsonObject, context: JsonObject): string[] {
  const named = (['taskservs', 'clusters'] as const).flatMap((field) => namesIn(input[field]));
  return [
    ...named,
    ...option('--infra', input.infra),
    ...option('--settings', input.settings),
    ...(input.checkMode === true ? ['--check'] : []),
    ...(context.wait === true ? ['--wait'] : []),
  ];
}

function option(name: string, value: Json | undefined): string[] {
  return typeof value === 'string' ? [name, value] : [];
}

function namesIn(value: Json | undefined): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) => {
    if (typeof each === 'string') return [each];
    const name = typeof each === 'object' && each !== null && 'name' in each ? each.name : null;
    return typeof name === 'string' ? [name] : [];
  });
}
