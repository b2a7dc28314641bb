import { Link, useLocation } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import { type Fault, quotaOf } from '../client/problem-model.ts';
import { isPaused } from '../live/live-stream.ts';
import { Button, buttonClass } from './button.tsx';
import { RequestId } from './request-id.tsx';
import { RetryCountdown } from './retry-countdown.tsx';
import { StepLink } from './step-link.tsx';

/** How long a page that cannot reach its server waits before it asks again, s. */
const offlineSeconds = 5;

interface FaultProps {
  fault: Fault;
}

/** What exactly is wrong: the numbers of a quota, the missing capability, the places in the input. */
export function FaultFacts({ fault }: FaultProps) {
  const quota = quotaOf(fault.problem);
  const { capability, errors } = fault.problem ?? {};
  return (
    <>
      {quota && (
        <p>
          <span className="font-semibold tabular-nums">
            {quota.current} of {quota.limit}
          </span>{' '}
          runs are used{quota.period === null ? '' : ` in the month of ${quota.period.slice(0, 7)}`}.
        </p>
      )}
      {capability && (
        <p>
          Needed: <code className="font-mono text-sm">{capability}</code>.
        </p>
      )}
      {errors && errors.length > 0 && (
        <ul className="grid gap-0.5">
          {errors.map(({ pointer, detail }) => (
            <li key={`${pointer} ${detail}`}>
              <code className="font-mono text-xs">{pointer || '/'}</code> {detail}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What helps: our own sentence, and the steps of the server, as links where they lead somewhere. */
export function FaultAdvice({ fault }: FaultProps) {
  const steps = fault.problem?.nextSteps ?? [];
  // A step that leads nowhere only says what the sentence says already, and of an unknown thing there is nothing to say.
  const shown = steps.filter(
    ({ href }) => href !== undefined || (fault.advice === null && fault.kind !== 'not-found'),
  );
  return (
    <>
      {fault.advice !== null && <p>{fault.advice}</p>}
      {shown.length > 0 && (
        <ul className="grid gap-1">
          {shown.map((step) => (
            <li key={step.code}>
              <StepLink href={step.href}>{step.label}</StepLink>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The way on: sign in again, or ask again, by itself where the server or the network only needs a moment. */
export function FaultWayOn({ fault, onRetry }: FaultProps & { onRetry: (() => void) | undefined }) {
  const next = useLocation({ select: ({ href }) => href });
  if (fault.kind === 'signed-out') {
    return (
      <Link to="/sign-in" search={{ next }} className={buttonClass('primary')}>
        Sign in
      </Link>
    );
  }
  if (fault.waitSeconds !== null && fault.waitSeconds > 0) {
    return <RetryCountdown seconds={fault.waitSeconds} onRetry={onRetry} />;
  }
  if (!fault.again || onRetry === undefined) return null;
  if (fault.kind === 'offline' && !isPaused()) {
    return <RetryCountdown seconds={offlineSeconds} onRetry={onRetry} />;
  }
  return <Button onClick={onRetry}>Try again</Button>;
}

/** Small print: the request to quote, and the page that explains this kind of problem. */
export function FaultPrint({ fault }: FaultProps) {
  if (fault.problem === null) return null;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-4 gap-y-1">
      <RequestId id={fault.problem.requestId} />
      {fault.page !== null && (
        <a
          href={fault.page}
          target="_blank"
          rel="noreferrer"
          className="link inline-flex min-h-6 items-center gap-1"
        >
          About this problem
          <ExternalLink size={12} aria-hidden="true" />
          <span className="sr-only">, in a new tab</span>
        </a>
      )}
    </span>
  );
}

/** Whether there is anything to show as the way on. */
export function hasWayOn(fault: Fault, onRetry: (() => void) | undefined): boolean {
  return (
    fault.kind === 'signed-out' || (fault.waitSeconds ?? 0) > 0 || (fault.again && onRetry !== undefined)
  );
}
