import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '../client/api.ts';
import { formatDuration } from '../clock/format-time.ts';
import { FaultLine } from '../ui/fault-view.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Duration } from '../ui/time.tsx';
import type { RunView, StepView } from './run-view.ts';
import { StatusIcon } from './status-icon.tsx';

/** The state of a step in the words of the console. A step without result on an ended run was left there. */
function stepSign(step: StepView, ended: boolean) {
  if (step.state === 'done') return { shape: 'tick', tone: 'text-clear', word: 'Done' } as const;
  if (step.state === 'failed') return { shape: 'cross', tone: 'text-stop', word: 'Failed' } as const;
  if (ended) return { shape: 'bar', tone: 'text-idle', word: 'Without a result' } as const;
  return { shape: 'half-circle', tone: 'text-accent', word: 'Running' } as const;
}

function Step({ step, ended, last }: { step: StepView; ended: boolean; last: boolean }) {
  const { shape, tone, word } = stepSign(step, ended);
  return (
    <li className="relative grid grid-cols-[1.25rem_1fr_auto] gap-x-2.5 pb-4 last:pb-0">
      {!last && (
        <span
          aria-hidden="true"
          className="absolute top-5 bottom-0 left-[calc(0.625rem-1px)] w-0.5 bg-line"
        />
      )}
      <span className={`flex h-5.5 items-center justify-center ${tone}`}>
        <StatusIcon shape={shape} />
        <span className="sr-only">{word}</span>
      </span>
      <span className="min-w-0">
        {step.label}
        {step.attempt > 1 && <span className="text-sm text-muted"> · attempt {step.attempt}</span>}
        {step.message && <span className="block text-sm text-muted">{step.message}</span>}
        {step.errorCode && <code className="block font-mono text-xs text-stop">{step.errorCode}</code>}
      </span>
      <span className="text-sm text-muted">
        {step.durationMs !== undefined
          ? formatDuration(step.durationMs)
          : !ended && step.state === 'intent' && <Duration from={step.startedAt} to={null} />}
      </span>
    </li>
  );
}

const phaseWords = [
  ['queuedMs', 'queued'],
  ['waitingMs', 'waiting'],
  ['executingMs', 'working'],
] as const;

/** The steps of a run along a line, in the order they began, and below where the time went. */
export function StepsPanel({ run }: { run: RunView }) {
  const steps = useQuery(trpc.run.steps.queryOptions({ id: run.id }));
  const ended = isTerminal(run.status);
  const items = steps.data?.items ?? [];
  return (
    <section aria-labelledby="steps" className="panel min-w-0">
      <h2 id="steps" className="border-b border-line px-4 py-2.5 text-base font-semibold">
        Steps
      </h2>
      {steps.isPending ? (
        <SkeletonRows rows={4} />
      ) : steps.isError && items.length === 0 ? (
        <div className="p-3">
          <FaultLine error={steps.error} onRetry={() => void steps.refetch()} />
        </div>
      ) : items.length === 0 ? (
        <p className="px-4 py-3 text-muted">{ended ? 'No step was begun.' : 'No step has begun yet.'}</p>
      ) : (
        <ol className="px-4 py-3.5">
          {items.map((step, at) => (
            <Step
              key={`${step.name}-${step.attempt}`}
              step={step}
              ended={ended}
              last={at === items.length - 1}
            />
          ))}
        </ol>
      )}
      <dl className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-4 py-2.5 text-sm text-muted">
        {phaseWords.map(([phase, word]) => (
          <div key={phase} className="flex gap-1.5">
            <dt className="text-faint">{word}</dt>
            <dd>{formatDuration(run.phases[phase])}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
