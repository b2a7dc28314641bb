import { Link } from '@tanstack/react-router';
import { Progress } from '../run/progress.tsx';
import { Status } from '../run/status.tsx';
import { StatusIcon } from '../run/status-icon.tsx';
import type { StatusShape, StatusTone } from '../run/status-model.ts';
import { toneInk } from '../run/tone-ink.ts';
import { StepLink } from '../ui/step-link.tsx';
import { Time } from '../ui/time.tsx';
import type { BootstrapView } from './session-view.ts';

type BootstrapItemView = BootstrapView['items'][number];

/** How an operation without a run of its own is shown; one with a run shows how that stands. */
const signs: Record<BootstrapItemView['status'], { word: string; shape: StatusShape; tone: StatusTone }> = {
  waiting: { word: 'Waiting', shape: 'hourglass', tone: 'lunar' },
  admitted: { word: 'Accepted', shape: 'circle', tone: 'accent' },
  done: { word: 'Succeeded', shape: 'tick', tone: 'clear' },
  failed: { word: 'Failed', shape: 'cross', tone: 'stop' },
  skipped: { word: 'Not run', shape: 'bar', tone: 'idle' },
  aborted: { word: 'Aborted', shape: 'bar', tone: 'idle' },
};

function ItemSign({ item: { status, run } }: { item: BootstrapItemView }) {
  if (run !== undefined) return <Status status={run.status} meaning="title" />;
  const { word, shape, tone } = signs[status];
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${toneInk[tone]}`}>
      <StatusIcon shape={shape} />
      {word}
    </span>
  );
}

function Item({ item, ws }: { item: BootstrapItemView; ws: string }) {
  const { position, operationLabel, message, run, retryAt, nextSteps } = item;
  return (
    <li className="grid items-start gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[1.5rem_8rem_minmax(0,1fr)_7.5rem_5rem] md:px-5">
      <span aria-hidden="true" className="text-faint tabular-nums max-sm:hidden">
        {position}.
      </span>
      <ItemSign item={item} />
      <div className="grid min-w-0 gap-0.5">
        <span className="font-medium">{operationLabel}</span>
        <p className="text-sm text-muted">
          {message}
          {retryAt !== undefined && (
            <>
              {' '}
              It is tried again <Time at={retryAt} hinted />.
            </>
          )}
        </p>
        {nextSteps.length > 0 && (
          <ul className="flex flex-wrap gap-x-4 text-sm">
            {nextSteps.map((step) => (
              <li key={step.code} className="inline-flex min-h-6 items-center">
                <StepLink href={step.href}>{step.label}</StepLink>
              </li>
            ))}
          </ul>
        )}
      </div>
      <span className="empty:hidden sm:empty:block">
        {run !== undefined && run.counts.total > 0 && <Progress counts={run.counts} />}
      </span>
      <span className="text-sm empty:hidden">
        {run !== undefined && (
          <Link
            to="/w/$ws/runs/$runId"
            params={{ ws, runId: String(run.id) }}
            className="link inline-flex min-h-6 items-center"
          >
            Run #{run.id}
          </Link>
        )}
      </span>
    </li>
  );
}

/** What was accepted and what waits behind it, in the order in which it is done. */
export function BootstrapQueue({ bootstrap, ws }: { bootstrap: BootstrapView; ws: string }) {
  const { status, statusText, requestedBy, createdAt, items } = bootstrap;
  return (
    <>
      <p
        role="status"
        className={`border-b border-line px-4 py-3 md:px-5 ${status === 'failed' ? 'bg-stop-soft' : ''}`}
      >
        <strong className="font-medium">{statusText}</strong>{' '}
        <span className="text-sm text-muted">
          Started by {requestedBy} <Time at={createdAt} hinted />.
        </span>
      </p>
      <ol aria-label="First operations" className="divide-y divide-line border-b border-line">
        {items.map((item) => (
          <Item key={item.position} item={item} ws={ws} />
        ))}
      </ol>
    </>
  );
}
