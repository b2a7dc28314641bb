import type { TaskView } from './session-view.ts';
import { TaskCard } from './task-card.tsx';
import { nextTask } from './task-model.ts';
import { useTaskStart } from './use-task-start.ts';
import type { Wizard } from './use-wizard.ts';

interface TaskBoardProps {
  wizard: Wizard;
  ws: string;
  tasks: readonly TaskView[];
}

/** Tasks in their order. They share the scope of the connection, so one runs at a time, and the next is offered. */
export function TaskBoard({ wizard, ws, tasks }: TaskBoardProps) {
  const start = useTaskStart(wizard);
  const active = wizard.session.tasks.find(({ activeRun }) => activeRun !== undefined);
  const next = active === undefined ? nextTask(tasks) : null;
  return (
    <ul aria-label="Tasks" className="divide-y divide-line">
      {tasks.map((task) => (
        <TaskCard
          key={task.task}
          ws={ws}
          task={task}
          next={next?.task === task.task}
          refused={wizard.refusedRun(task.task)}
          pending={start.isPending && start.variables === task.task}
          outcome={start.answers[task.task]?.outcome}
          error={start.answers[task.task]?.error}
          onRun={() => start.mutate(task.task)}
        />
      ))}
    </ul>
  );
}
