import { verificationTasks } from '@signalbox/domain/onboarding/tasks';
import { StepFooter } from './step-footer.tsx';
import { StepFrame } from './step-frame.tsx';
import { TaskBoard } from './task-board.tsx';
import { taskSummary } from './task-model.ts';
import type { Wizard } from './use-wizard.ts';

/** Step 4: what is known about the tenant, question by question, each answered by a run. */
export function VerifyStep({ wizard, ws }: { wizard: Wizard; ws: string }) {
  const { session } = wizard;
  const asked = new Set<string>(verificationTasks);
  const tasks = session.tasks.filter(({ task }) => asked.has(task));
  const active = tasks.find(({ activeRun }) => activeRun !== undefined);
  return (
    <StepFrame
      step={4}
      title="Verify"
      lead="Each question is answered by a run and kept as evidence, good for 24 hours. They share the scope of the connection, so they run one after the other, from top to bottom."
      footer={
        <StepFooter wizard={wizard} step={4}>
          <p role="status" className="text-sm text-muted">
            {taskSummary(tasks)}
            {active !== undefined && `; ${active.label} is active`}
          </p>
        </StepFooter>
      }
    >
      <TaskBoard wizard={wizard} ws={ws} tasks={tasks} />
    </StepFrame>
  );
}
