import { bootstrapTasks } from '@signalbox/domain/onboarding/tasks';
import { operationRule } from '@signalbox/domain/operation/registry';
import { useId } from 'react';

type Task = (typeof bootstrapTasks)[number];

interface BootstrapChoiceProps {
  chosen: readonly Task[];
  disabled: boolean;
  /** What is ticked now, in the order in which it is done. */
  onChange: (chosen: Task[]) => void;
}

/** Which of the first operations are done. */
export function BootstrapChoice({ chosen, disabled, onChange }: BootstrapChoiceProps) {
  const id = useId();
  return (
    <fieldset className="grid gap-1" disabled={disabled}>
      <legend className="mb-1 font-medium">First operations</legend>
      {bootstrapTasks.map((task) => (
        <label key={task} htmlFor={`${id}-${task}`} className="flex min-h-8 items-center gap-2.5">
          <input
            id={`${id}-${task}`}
            type="checkbox"
            className="size-4 accent-accent"
            checked={chosen.includes(task)}
            onChange={() =>
              onChange(
                bootstrapTasks.filter((one) => (one === task ? !chosen.includes(one) : chosen.includes(one))),
              )
            }
          />
          {operationRule(task).label}
          <code className="font-mono text-xs text-faint max-sm:hidden">{task}</code>
        </label>
      ))}
    </fieldset>
  );
}
