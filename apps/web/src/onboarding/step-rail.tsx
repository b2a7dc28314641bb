import { Link } from '@tanstack/react-router';
import { Check, TriangleAlert } from 'lucide-react';
import type { SessionView, StepView } from './session-view.ts';
import { type RailState, railWord } from './step-model.ts';

const badges: Record<RailState, string> = {
  done: 'border-clear bg-clear-soft text-clear',
  current: 'border-accent bg-accent text-on-accent',
  attention: 'border-caution bg-caution-soft text-caution',
  later: 'border-line-strong text-faint',
};

const inks: Record<RailState, string> = {
  done: 'text-clear',
  current: 'text-accent',
  attention: 'text-caution',
  later: 'text-faint',
};

/** The number of a step, or the sign of how it stands. */
function Badge({ step, state }: Pick<StepView, 'step' | 'state'>) {
  return (
    <span
      aria-hidden="true"
      className={`inline-flex size-6 shrink-0 items-center justify-center rounded-full border text-xs font-semibold tabular-nums ${badges[state]}`}
    >
      {state === 'done' ? (
        <Check size={14} strokeWidth={2.5} />
      ) : state === 'attention' ? (
        <TriangleAlert size={13} />
      ) : (
        step
      )}
    </span>
  );
}

interface StepRailProps {
  session: SessionView;
  /** The step that is looked at. */
  shown: number;
}

/** The five steps: how each stands, which one is looked at, and the way to those one has reached. */
export function StepRail({ session, shown }: StepRailProps) {
  const { steps } = session;
  const present = steps.find(({ step }) => step === shown);
  return (
    <nav aria-label="Steps" className="panel grid min-w-0 content-start gap-1 p-2 lg:sticky lg:top-18">
      <ol className="grid grid-cols-5 gap-1 lg:grid-cols-1">
        {steps.map(({ step, label, state }) => {
          const body = (
            <>
              <Badge step={step} state={state} />
              <span className="grid min-w-0 max-lg:sr-only">
                <span>
                  <span className="sr-only">{step}. </span>
                  {label}
                </span>
                <span className={`text-xs font-normal ${inks[state]}`}>{railWord(state)}</span>
              </span>
            </>
          );
          const look =
            'flex min-h-10 min-w-0 items-center gap-2.5 rounded-md px-2 py-1.5 max-lg:justify-center';
          return (
            <li key={step} className="min-w-0">
              {step <= session.step ? (
                <Link
                  to="."
                  search={(old) => ({ ...old, step: String(step) as '1' })}
                  resetScroll={false}
                  aria-current={step === shown ? 'step' : undefined}
                  className={`${look} hover:bg-hover aria-[current=step]:bg-accent-soft aria-[current=step]:font-semibold`}
                >
                  {body}
                </Link>
              ) : (
                <span className={`${look} text-muted`}>{body}</span>
              )}
            </li>
          );
        })}
      </ol>
      {present !== undefined && (
        <p aria-hidden="true" className="px-2 pb-1 text-sm lg:hidden">
          <span className="font-semibold">
            Step {present.step} of {steps.length}: {present.label}
          </span>{' '}
          <span className={inks[present.state]}>{railWord(present.state)}</span>
        </p>
      )}
    </nav>
  );
}
