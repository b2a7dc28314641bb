import { bootstrapTasks } from '@signalbox/domain/onboarding/tasks';
import { useMutation } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { api } from '../client/api.ts';
import { OutcomePanel } from '../gate/outcome-panel.tsx';
import { makeStartKeys } from '../gate/start-key.ts';
import { ActionButton } from '../run/action-button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { AbortBootstrap } from './abort-bootstrap.tsx';
import { BootstrapChoice } from './bootstrap-choice.tsx';
import { BootstrapQueue } from './bootstrap-queue.tsx';
import { StepFooter } from './step-footer.tsx';
import { StepFrame } from './step-frame.tsx';
import type { Wizard } from './use-wizard.ts';

/** Step 5: the first work on the tenant, one operation after the other. The last one completes the onboarding. */
export function BootstrapStep({ wizard, ws }: { wizard: Wizard; ws: string }) {
  const { session, state, readOnly } = wizard;
  const [keys] = useState(makeStartKeys);
  const typed = state.values.operations;
  // All of them until somebody leaves one out.
  const chosen = Array.isArray(typed)
    ? bootstrapTasks.filter((task) => typed.includes(task))
    : bootstrapTasks;
  const start = useMutation({
    mutationFn: async () => {
      await wizard.save();
      const body = { id: session.id, operations: [...chosen] };
      const outcome = await api.onboarding.bootstrap.mutate(body, {
        context: { idempotencyKey: keys.keyOf(body) },
      });
      if (outcome.run !== undefined) keys.used(body);
      return outcome;
    },
    onSettled: wizard.reread,
  });
  const { bootstrap } = session;
  const working = bootstrap?.status === 'working';
  const action = session.actions.find((one) => one.action === 'bootstrap');
  const refusal = start.data !== undefined && start.data.run === undefined ? start.data : null;
  return (
    <StepFrame
      step={5}
      title="Bootstrap and complete"
      lead="The first work on the tenant. The operations share its scope, so they run one after the other; when the last has succeeded, the onboarding is complete."
      footer={
        <StepFooter wizard={wizard} step={5} saves={!working}>
          {working && <AbortBootstrap wizard={wizard} bootstrap={bootstrap} />}
        </StepFooter>
      }
    >
      {bootstrap !== undefined && <BootstrapQueue bootstrap={bootstrap} ws={ws} />}
      {!working && (
        <form
          className="grid gap-4 p-4 md:p-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (!start.isPending) start.mutate();
          }}
        >
          <BootstrapChoice
            chosen={chosen}
            disabled={readOnly !== null}
            onChange={(operations) => wizard.type({ operations })}
          />
          {start.isError && <FaultLine error={start.error} />}
          {refusal !== null && (
            <div role="alert" className="rounded-md border border-line bg-sunken p-4">
              <OutcomePanel outcome={refusal} ws={ws} happened />
            </div>
          )}
          <div>
            <ActionButton
              type="submit"
              look="primary"
              icon={<Play size={15} aria-hidden="true" />}
              pending={start.isPending}
              refused={
                readOnly ?? action?.refused ?? (chosen.length === 0 ? 'Choose at least one operation.' : null)
              }
            >
              {bootstrap === undefined ? 'Start' : 'Start again:'}{' '}
              {chosen.length === 1 ? 'one operation' : `${chosen.length} operations`}
            </ActionButton>
          </div>
        </form>
      )}
    </StepFrame>
  );
}
