import type { FirstStep } from '@signalbox/contracts/overview/get-overview';
import { CircleCheck, CircleDashed } from 'lucide-react';
import { buttonClass } from '../ui/button.tsx';
import { StepLink } from '../ui/step-link.tsx';
import { Panel } from './panel.tsx';
import { useOverviewPart } from './use-overview.ts';

function Step({ step, next }: { step: FirstStep; next: boolean }) {
  return (
    <li className="grid grid-cols-[1.125rem_minmax(0,1fr)] items-start gap-x-3 gap-y-2 px-4 py-3 sm:grid-cols-[1.125rem_minmax(0,1fr)_auto]">
      <span className="mt-0.5">
        {step.done ? (
          <CircleCheck size={18} className="text-clear" aria-hidden="true" />
        ) : (
          <CircleDashed size={18} className="text-idle" aria-hidden="true" />
        )}
        <span className="sr-only">{step.done ? 'Done: ' : 'To do: '}</span>
      </span>
      <div className="min-w-0">
        {step.done ? (
          <StepLink href={step.href} className="link">
            {step.label}
          </StepLink>
        ) : (
          <>
            <p className="font-medium">{step.label}</p>
            <p className="text-sm text-muted">{step.text}</p>
            {!step.allowed && (
              <p className="text-sm text-faint">
                Needs <code className="font-mono text-xs">{step.capability}</code>, which you lack.
              </p>
            )}
          </>
        )}
      </div>
      {next && step.allowed && (
        <StepLink
          href={step.href}
          className={`${buttonClass('primary')} max-sm:col-start-2 max-sm:justify-self-start`}
        >
          {step.action}
        </StepLink>
      )}
    </li>
  );
}

/** The way from an empty workspace to the first restore one could make. Gone when all of it is done. */
export function FirstStepsPanel() {
  const query = useOverviewPart('firstSteps');
  const steps = query.data?.firstSteps;
  if (query.isPending || steps?.done === true) return null;
  const done = steps?.items.filter((step) => step.done).length ?? 0;
  const next = steps?.items.find((step) => !step.done)?.key;
  return (
    <Panel
      title="First steps"
      query={query}
      rows={5}
      aside={
        steps !== undefined && (
          <span className="text-sm text-muted tabular-nums">
            {done} of {steps.items.length} done
          </span>
        )
      }
    >
      {() => (
        <ol className="divide-y divide-line">
          {steps?.items.map((step) => (
            <Step key={step.key} step={step} next={step.key === next} />
          ))}
        </ol>
      )}
    </Panel>
  );
}
