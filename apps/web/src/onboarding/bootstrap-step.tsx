import { bootstrapTasks, type OnboardingTask } from '@signalbox/domain/onboarding/tasks';
import { operationRule } from '@signalbox/domain/operation/registry';
import { useMutation } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useId } from 'react';
import { ActionButton } from '../run/action-button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { BootstrapQueue } from './bootstrap-queue.tsx';
import { api } from './guessed-api.ts';
import { keepSession } from './session-query.ts';
import { StepFooter } from './step-footer.tsx';
import { StepFrame } from './step-frame.tsx';
import type { Wizard } from './use-wizard.ts';

/** The operations that are ticked: all of them until somebody leaves one out. */
function chosenOf(value: unknown): readonly OnboardingTask[] {
  return Array.isArray(value) ? bootstrapTasks.filter((task) => value.includes(task)) : bootstrapTasks;
}

/** Step 5: the first work on the tenant, one operation after the other. The last one completes the onboarding. */
export function BootstrapStep({ wizard, ws }: { wizard: Wizard; ws: string }) {
  const id = useId();
  const { session, state, readOnly } = wizard;
  const chosen = chosenOf(state.values.operations);
  const start = useMutation({
    mutationFn: async () => {
      await wizard.save();
      await wizard.hold();
      return api.onboarding.bootstrap.mutate({ id: session.id, operations: [...chosen] });
    },
    onSuccess: keepSession,
    onError: wizard.reread,
  });
  const working = session.bootstrap?.status === 'working';
  return (
    <StepFrame
      step={5}
      title="Bootstrap and complete"
      lead="The first work on the tenant. The operations share its scope, so they run one after the other; when the last has succeeded, the onboarding is complete."
      footer={<StepFooter wizard={wizard} step={5} obstacle={null} saves={!working} />}
    >
      {session.bootstrap !== undefined && <BootstrapQueue bootstrap={session.bootstrap} ws={ws} />}
      {!working && (
        <form
          className="grid gap-4 p-4 md:p-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (readOnly === null && chosen.length > 0 && !start.isPending) start.mutate();
          }}
        >
          <fieldset className="grid gap-1" disabled={readOnly !== null}>
            <legend className="mb-1 font-medium">First operations</legend>
            {bootstrapTasks.map((task) => (
              <label key={task} htmlFor={`${id}-${task}`} className="flex min-h-8 items-center gap-2.5">
                <input
                  id={`${id}-${task}`}
                  type="checkbox"
                  className="size-4 accent-accent"
                  checked={chosen.includes(task)}
                  onChange={() =>
                    wizard.type({
                      operations: bootstrapTasks.filter((one) =>
                        one === task ? !chosen.includes(one) : chosen.includes(one),
                      ),
                    })
                  }
                />
                {operationRule(task).label}
                <code className="font-mono text-xs text-faint max-sm:hidden">{task}</code>
              </label>
            ))}
          </fieldset>
          {start.isError && <FaultLine error={start.error} />}
          <div>
            <ActionButton
              type="submit"
              look="primary"
              icon={<Play size={15} aria-hidden="true" />}
              pending={start.isPending}
              refused={readOnly ?? (chosen.length === 0 ? 'Choose at least one operation.' : null)}
            >
              {session.bootstrap === undefined ? 'Start' : 'Start again'}{' '}
              {chosen.length === 1 ? 'one operation' : `${chosen.length} operations`}
            </ActionButton>
          </div>
        </form>
      )}
    </StepFrame>
  );
}
