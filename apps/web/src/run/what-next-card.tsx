import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatDuration } from '../clock/format-time.ts';
import { useServerNow } from '../clock/server-clock.ts';
import { Duration, Time } from '../ui/time.tsx';
import { CardStepView } from './card-step.tsx';
import type { RunDeeds } from './run-deeds.ts';
import type { RunView } from './run-view.ts';
import { liveSentence } from './sentence.ts';
import type { StatusTone } from './status-model.ts';
import { cardSteps, cardTone, outputFacts, quietFor } from './what-next-model.ts';
import { WhyFailed } from './why-failed.tsx';

const edges: Record<StatusTone, string> = {
  idle: 'border-l-idle',
  lunar: 'border-l-lunar',
  accent: 'border-l-accent',
  clear: 'border-l-clear',
  caution: 'border-l-caution',
  stop: 'border-l-stop',
};

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-baseline gap-1.5">
      <dt className="shrink-0 text-faint">{label}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

/** What a run stands before: since when, held by whom, until when, and who may free it. */
function Waiting({ run, ws }: { run: RunView; ws: string }) {
  const { waiting, queue, connection } = run;
  if (waiting === undefined) return null;
  const holder = waiting.holder;
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      <Fact label="Waiting for">
        <Duration from={waiting.since} to={null} />
      </Fact>
      {holder !== undefined && (
        <Fact label="Held by">
          {waiting.gate === 'provider' && connection !== undefined ? (
            <Link
              to="/w/$ws/connections/$connectionId"
              params={{ ws, connectionId: String(connection.id) }}
              className="link"
            >
              {holder}
            </Link>
          ) : (
            <span className="font-mono text-xs">{holder}</span>
          )}
        </Fact>
      )}
      {waiting.until !== undefined && (
        <Fact label="Until">
          <Time at={waiting.until} hinted />
        </Fact>
      )}
      <Fact label="Freed by">{waiting.freedBy}</Fact>
      {queue !== undefined && (
        <>
          <Fact label="Ahead of it">
            {queue.ahead === 0 ? (
              'nothing; it is next'
            ) : (
              <>
                {queue.ahead >= 1_000 ? '1,000 or more' : queue.ahead} {queue.ahead === 1 ? 'run' : 'runs'}
                {queue.oldest !== undefined && (
                  <>
                    , the oldest{' '}
                    <Link
                      to="/w/$ws/runs/$runId"
                      params={{ ws, runId: String(queue.oldest.runId) }}
                      className="link font-mono"
                    >
                      #{queue.oldest.runId}
                    </Link>{' '}
                    for <Duration from={queue.oldest.since} to={null} />
                  </>
                )}
              </>
            )}
          </Fact>
          <Fact label="Workers alive">{queue.liveWorkers}</Fact>
        </>
      )}
    </dl>
  );
}

/** Only of a running run: where it is, that it lives, and a warning when it seems to stand still. */
function Pulse({ run }: { run: RunView }) {
  const now = useServerNow();
  if (run.status !== 'running') return null;
  const quiet = quietFor(run, now);
  const { progress, currentStep, worker, lastHeartbeatAt } = run;
  return (
    <>
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
        {currentStep !== undefined && <Fact label="Step">{currentStep}</Fact>}
        {progress?.message !== undefined && <Fact label="Last progress">{progress.message}</Fact>}
        {progress?.updatedAt !== undefined && (
          <Fact label="Moved">
            <Time at={progress.updatedAt} hinted />
          </Fact>
        )}
        {lastHeartbeatAt !== undefined && (
          <Fact label="Last heartbeat">
            <Time at={lastHeartbeatAt} hinted />
          </Fact>
        )}
        {worker !== undefined && (
          <Fact label="Worker">
            <span className="font-mono text-xs">{worker}</span>
          </Fact>
        )}
      </dl>
      {quiet !== null && (
        <p className="font-medium text-caution">
          No progress for {formatDuration(Math.floor(quiet / 60_000) * 60_000)}. The worker is heard, so it
          may be waiting for the provider; the log tells more.
        </p>
      )}
    </>
  );
}

/** What a run gave, in a few words. */
function Output({ run }: { run: RunView }) {
  const facts = run.status === 'succeeded' ? outputFacts(run.output) : [];
  if (facts.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm tabular-nums">
      {facts.map(({ label, value }) => (
        <Fact key={label} label={label}>
          <span className="font-medium">{value}</span>
        </Fact>
      ))}
    </dl>
  );
}

interface WhatNextCardProps {
  run: RunView;
  ws: string;
  deeds: RunDeeds;
}

/** What is happening and what to do next: one sentence, its cause, one main step, and the others. */
export function WhatNextCard({ run, ws, deeds }: WhatNextCardProps) {
  const { main, others } = cardSteps(run, ws);
  return (
    <section
      aria-label="What is happening, what next"
      className={`panel grid gap-3 border-l-4 px-4 py-4 md:px-5 ${edges[cardTone(run)]}`}
    >
      <p className="text-lg font-medium [overflow-wrap:anywhere]">{liveSentence(run)}</p>
      <WhyFailed run={run} />
      <Waiting run={run} ws={ws} />
      <Pulse run={run} />
      <Output run={run} />
      <ul className="flex flex-wrap items-center gap-x-5 gap-y-2">
        {[main, ...others].map((step, at) => (
          <li key={step.label}>
            <CardStepView step={step} deeds={deeds} main={at === 0} />
          </li>
        ))}
      </ul>
    </section>
  );
}
