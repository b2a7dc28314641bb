import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { problemOf } from '../client/problem-model.ts';
import { ActionButton } from '../run/action-button.tsx';
import { buttonClass } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { SaveLine } from './save-line.tsx';
import { obstacleOf } from './step-model.ts';
import type { Wizard } from './use-wizard.ts';

interface StepFooterProps {
  wizard: Wizard;
  /** The step that is shown. */
  step: number;
  /** What is wrong with what is typed, where the server cannot know yet; null when nothing. */
  obstacle?: string | null;
  /** Done before the next step opens, such as what was typed being applied. */
  before?: () => Promise<unknown>;
  /** Whether the step has fields whose saving is worth a line. */
  saves?: boolean;
  children?: ReactNode;
}

/** Whether everything is saved, the way back, and the way on, which opens the next step for everybody. */
export function StepFooter({
  wizard,
  step,
  obstacle = null,
  before,
  saves = false,
  children,
}: StepFooterProps) {
  const { session, readOnly, state } = wizard;
  const ahead = session.step > step;
  const move = useMutation({
    mutationFn: async () => {
      await before?.();
      await wizard.toStep(step + 1);
    },
  });
  const code = problemOf(move.error)?.code;
  return (
    <>
      <div className="min-w-0">
        {saves && readOnly === null ? <SaveLine state={state} onSave={() => void wizard.save()} /> : children}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {step > 1 && (
          <Link
            to="."
            search={(old) => ({ ...old, step: String(step - 1) as '1' })}
            className={buttonClass('plain')}
          >
            <ArrowLeft size={15} aria-hidden="true" />
            Back
          </Link>
        )}
        {ahead ? (
          <Link
            to="."
            search={(old) => ({
              ...old,
              step: step + 1 === session.step ? undefined : (String(step + 1) as '1'),
            })}
            className={buttonClass('primary')}
          >
            Next step
            <ArrowRight size={15} aria-hidden="true" />
          </Link>
        ) : (
          step < 5 && (
            <ActionButton
              look="primary"
              pending={move.isPending}
              refused={readOnly ?? obstacle ?? obstacleOf(session, step)}
              onClick={() => move.mutate()}
            >
              Continue
              <ArrowRight size={15} aria-hidden="true" />
            </ActionButton>
          )
        )}
      </div>
      {move.isError && code !== 'session_locked' && (
        <div className="basis-full">
          <FaultLine error={move.error} />
        </div>
      )}
    </>
  );
}
