import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClass } from '../ui/button.tsx';
import { AnsweredAs } from '../ui/request-id.tsx';
import { StepLink } from '../ui/step-link.tsx';
import { Duration, Time } from '../ui/time.tsx';
import { Outcome } from './outcome.tsx';

interface OutcomePanelProps {
  outcome: StartOutcome;
  ws: string;
  /** True for a real start, false for a what-if. */
  happened: boolean;
  children?: ReactNode;
}

function Holder({ outcome, ws }: Pick<OutcomePanelProps, 'outcome' | 'ws'>) {
  const { holder } = outcome;
  if (holder === undefined) return null;
  return (
    <p>
      Held by{' '}
      <Link to="/w/$ws/runs/$runId" params={{ ws, runId: String(holder.runId) }} className="link">
        run #{holder.runId}
      </Link>{' '}
      for <Duration from={holder.since} to={null} />
      {holder.expectedEnd && (
        <>
          , likely free <Time at={holder.expectedEnd} hinted />
        </>
      )}
      .
    </p>
  );
}

/** A short line for each further fact the gate gave. */
function Facts({ outcome }: Pick<OutcomePanelProps, 'outcome'>) {
  const { missingPermissions, quota, retryAt, approvalNeeded } = outcome;
  return (
    <>
      {missingPermissions && missingPermissions.length > 0 && (
        <div>
          Missing permissions:
          <ul className="mt-1 grid gap-0.5 font-mono text-sm">
            {missingPermissions.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </div>
      )}
      {quota && (
        <p>
          {quota.current} of {quota.limit} runs used in the month of {quota.period.slice(0, 7)}.
        </p>
      )}
      {retryAt && (
        <p>
          Trying again makes sense <Time at={retryAt} hinted />.
        </p>
      )}
      {approvalNeeded && <p>It waits for an approval before it begins.</p>}
    </>
  );
}

/** What the start gate answered: the plate, why, who holds the scope, and what to do next. */
export function OutcomePanel({ outcome, ws, happened, children }: OutcomePanelProps) {
  const { run } = outcome;
  const runHref = run === undefined ? null : `/w/${ws}/runs/${run.id}`;
  const advised = outcome.nextSteps.some(({ href }) => href === runHref);
  const asButton = happened || !advised;
  const steps = outcome.nextSteps.filter(({ href }) => !asButton || href === undefined || href !== runHref);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Outcome outcome={outcome.outcome} />
      </div>
      <p className="text-base font-medium">{outcome.message}</p>
      {outcome.outcome === 'blocked' && outcome.reason && outcome.reason.text !== outcome.message && (
        <p className="text-muted">{outcome.reason.text}</p>
      )}
      <Holder outcome={outcome} ws={ws} />
      <Facts outcome={outcome} />
      {run && asButton && (
        <Link
          to="/w/$ws/runs/$runId"
          params={{ ws, runId: String(run.id) }}
          className={`${buttonClass(happened ? 'primary' : 'plain')} justify-self-start`}
          ref={(link) => {
            // After a start, Enter leads straight to the run.
            if (happened) link?.focus();
          }}
        >
          Open run #{run.id}
          <ArrowRight size={15} aria-hidden="true" />
        </Link>
      )}
      {steps.length > 0 && (
        <div>
          <h3 className="eyebrow mb-1">What to do next</h3>
          <ul className="grid gap-1">
            {steps.map((step) => (
              <li key={step.code}>
                <StepLink href={step.href}>{step.label}</StepLink>
              </li>
            ))}
          </ul>
        </div>
      )}
      {children}
      {happened && <AnsweredAs answer={outcome} />}
    </div>
  );
}
