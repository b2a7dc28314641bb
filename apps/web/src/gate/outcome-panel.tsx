import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { operationLabel } from '@signalbox/domain/gate/describe-start';
import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { formatAbsolute, formatClock } from '../clock/format-time.ts';
import { serverNow } from '../clock/server-clock.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { buttonClass } from '../ui/button.tsx';
import { AnsweredAs } from '../ui/request-id.tsx';
import { StepLink } from '../ui/step-link.tsx';
import { TermLink } from '../ui/term-link.tsx';
import { Duration, Time } from '../ui/time.tsx';
import { HolderLink } from './holder-link.tsx';
import { Outcome } from './outcome.tsx';

interface OutcomePanelProps {
  outcome: StartOutcome;
  ws: string;
  /** True for a real start, false for a what-if. */
  happened: boolean;
  children?: ReactNode;
}

/** A time of day, of today; another day is told in full. */
function Clock({ at }: { at: string }) {
  const { time } = usePreferences();
  const zone = time === 'utc' ? 'utc' : 'local';
  const [full, now] = [Date.parse(at), serverNow()].map((ms) => formatAbsolute(ms, zone)) as [string, string];
  const today = full.slice(0, 10) === now.slice(0, 10);
  return (
    <time dateTime={at} title={full} className="whitespace-nowrap tabular-nums">
      {today ? formatClock(Date.parse(at), zone) : full}
    </time>
  );
}

/** Who holds the scope, since when, and until when by experience. Guesses that have passed are told as such. */
function Holder({ holder, ws }: { holder: NonNullable<StartOutcome['holder']>; ws: string }) {
  const { runId, operation, since, expectedEnd } = holder;
  const overdue = expectedEnd !== undefined && Date.parse(expectedEnd) <= serverNow();
  return (
    <>
      <p className="text-base font-medium">
        <HolderLink holder={holder} ws={ws} begins />{' '}
        {runId !== undefined && `(${operationLabel(operation)}) `}holds the protected scope.
      </p>
      <p className="text-muted">
        Since <Clock at={since} />, for <Duration from={since} to={null} />.{' '}
        {expectedEnd === undefined ? (
          'No earlier run tells when it will be free.'
        ) : overdue ? (
          <>
            It takes longer than usual: it was expected to end at <Clock at={expectedEnd} />.
          </>
        ) : (
          <>
            Likely free at <Clock at={expectedEnd} />.
          </>
        )}
      </p>
    </>
  );
}

/** The active run that a deduped start joins. */
function ActiveRun({ run }: { run: NonNullable<StartOutcome['run']> }) {
  const { username } = run.initiator;
  return (
    <p className="text-muted">
      {run.statusText} Started {username === undefined ? '' : `by ${username} `}
      <Time at={run.createdAt} hinted />.
    </p>
  );
}

/** The way to the run. After a start it has the focus, so that Enter leads straight there. */
function OpenRun({ id, ws, focused }: { id: number; ws: string; focused: boolean }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (focused) link.current?.focus();
  }, [focused]);
  return (
    <Link
      ref={link}
      to="/w/$ws/runs/$runId"
      params={{ ws, runId: String(id) }}
      className={`${buttonClass(focused ? 'primary' : 'plain')} justify-self-start`}
    >
      Open run #{id}
      <ArrowRight size={15} aria-hidden="true" />
    </Link>
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
      {retryAt && outcome.holder === undefined && (
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
        <TermLink term={`outcome-${outcome.outcome}`}>
          <Outcome outcome={outcome.outcome} />
        </TermLink>
        {outcome.outcome === 'blocked' && outcome.reason && (
          <TermLink term={`reason-${outcome.reason.code}`}>
            <span className="font-medium">{outcome.reason.label}</span>
          </TermLink>
        )}
      </div>
      {outcome.holder === undefined ? (
        <p className="text-base font-medium">{outcome.message}</p>
      ) : (
        <Holder holder={outcome.holder} ws={ws} />
      )}
      {outcome.outcome === 'deduped' && run && <ActiveRun run={run} />}
      {outcome.outcome === 'blocked' && outcome.reason && outcome.reason.text !== outcome.message && (
        <p className="text-muted">{outcome.reason.text}</p>
      )}
      <Facts outcome={outcome} />
      {run && asButton && <OpenRun id={run.id} ws={ws} focused={happened} />}
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
