import type { ReactNode } from 'react';
import { formatDuration } from '../clock/format-time.ts';
import { useServerNow } from '../clock/server-clock.ts';
import { StepLink } from '../ui/step-link.tsx';
import { Time } from '../ui/time.tsx';
import type { RunView } from './run-view.ts';
import type { StatusTone } from './status-model.ts';
import { cardTone, quietFor } from './what-next-model.ts';

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
      Waiting at the {waiting.gate} since <Time at={waiting.since} hinted />
      {waiting.until && (
        <>
          , until <Time at={waiting.until} hinted />
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

/** What is happening and what to do next: one sentence, its cause, and the steps that lead on. */
export function WhatNextCard({ run }: { run: RunView; ws: string }) {
  const { safeError, whatNext } = run;
  const steps = [...whatNext.nextSteps, ...(safeError?.nextSteps ?? [])].filter(
    (step, at, all) => all.findIndex(({ code }) => code === step.code) === at,
  );
  return (
    <section
      aria-label="What is happening, what next"
      className={`panel grid gap-2 border-l-4 px-5 py-4 ${edges[cardTone(run)]}`}
    >
      <p className="text-lg font-medium">{whatNext.sentence}</p>
      {safeError && safeError.message !== whatNext.sentence && <p>{safeError.message}</p>}
      {safeError && (
        <p className="text-sm text-faint">
          Code <code className="font-mono">{safeError.code}</code>
        </p>
      )}
      <Waiting run={run} />
      <Pulse run={run} />
      <Quiet run={run} />
      {steps.length > 0 && (
        <ul className="mt-1 flex flex-wrap gap-x-5 gap-y-1">
          {steps.map((step) => (
            <li key={step.code}>
              <StepLink href={step.href}>{step.label}</StepLink>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
