import type { ReactNode } from 'react';
import { formatDuration } from '../clock/format-time.ts';
import { useServerNow } from '../clock/server-clock.ts';
import { Button } from '../ui/button.tsx';
import { StepLink } from '../ui/step-link.tsx';
import { Duration, Time } from '../ui/time.tsx';
import type { RunView } from './run-view.ts';
import type { StatusTone } from './status-model.ts';
import { type Again, type RunAgain, refusalOf } from './use-run-again.ts';
import { cardTone, nextStepsOf, quietFor } from './what-next-model.ts';

const edges: Record<StatusTone, string> = {
  idle: 'border-l-idle',
  lunar: 'border-l-lunar',
  accent: 'border-l-accent',
  clear: 'border-l-clear',
  caution: 'border-l-caution',
  stop: 'border-l-stop',
};

function Quiet({ run }: { run: RunView }) {
  const quiet = quietFor(run, useServerNow());
  if (quiet === null) return null;
  return (
    <p className="font-medium text-caution">
      No progress for {formatDuration(Math.floor(quiet / 60_000) * 60_000)}.
    </p>
  );
}

function Waiting({ run }: { run: RunView }) {
  const { waiting } = run;
  if (waiting === undefined) return null;
  return (
    <p className="text-muted">
      Waiting at the {waiting.gate} for <Duration from={waiting.since} to={null} />
      {waiting.until && (
        <>
          , likely free <Time at={waiting.until} hinted />
        </>
      )}
      . {waiting.holder && `Held by ${waiting.holder}. `}Freed by {waiting.freedBy}.
    </p>
  );
}

/** A part of the card that only a running run has: where it is and that it lives. */
function Pulse({ run }: { run: RunView }) {
  if (run.status !== 'running') return null;
  const parts: ReactNode[] = [];
  if (run.progress?.message) parts.push(run.progress.message);
  if (run.progress?.percent !== undefined) parts.push(`${Math.floor(run.progress.percent)} %`);
  if (run.worker) parts.push(<span key="worker">on {run.worker}</span>);
  if (run.lastHeartbeatAt) {
    parts.push(
      <span key="beat">
        last heartbeat <Time at={run.lastHeartbeatAt} hinted />
      </span>,
    );
  }
  return (
    <p className="flex flex-wrap gap-x-4 text-sm text-muted">
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts have a fixed order
        <span key={at}>{part}</span>
      ))}
    </p>
  );
}

type Step = RunView['whatNext']['nextSteps'][number];

function isAgain(code: string): code is Again {
  return code === 'replay' || code === 'retry_failed_items';
}

/** A step that leads on: a deed as a button, another page as a link, anything else as advice. */
function NextStep({ step, run, again }: { step: Step; run: RunView; again: RunAgain }) {
  const { code } = step;
  if (!isAgain(code)) return <StepLink href={step.href}>{step.label}</StepLink>;
  return (
    <Button
      refused={refusalOf(run, code)}
      pending={again.isPending && again.variables === code}
      onClick={() => again.mutate(code)}
    >
      {step.label}
    </Button>
  );
}

interface WhatNextCardProps {
  run: RunView;
  /** The path of this page; a step that leads nowhere else is left out. */
  here: string;
  again: RunAgain;
}

/** What is happening and what to do next: one sentence, its cause, and the steps that lead on. */
export function WhatNextCard({ run, here, again }: WhatNextCardProps) {
  const { safeError, whatNext } = run;
  const steps = nextStepsOf(run, here);
  return (
    <section
      aria-label="What is happening, what next"
      className={`panel grid gap-2 border-l-4 px-5 py-4 ${edges[cardTone(run)]}`}
    >
      <p className="text-lg font-medium">{whatNext.sentence}</p>
      {safeError && !whatNext.sentence.includes(safeError.message) && <p>{safeError.message}</p>}
      {safeError && (
        <p className="text-sm text-faint">
          Code <code className="font-mono">{safeError.code}</code>
        </p>
      )}
      <Waiting run={run} />
      <Pulse run={run} />
      <Quiet run={run} />
      {steps.length > 0 && (
        <ul className="mt-1 flex flex-wrap items-center gap-x-5 gap-y-2">
          {steps.map((step) => (
            <li key={step.code}>
              <NextStep step={step} run={run} again={again} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
