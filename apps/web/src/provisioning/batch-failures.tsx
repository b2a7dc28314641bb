import { Link } from '@tanstack/react-router';
import { StepLink } from '../ui/step-link.tsx';
import { ItemSign } from './batch-sign.tsx';
import type { BatchItemView, BatchView } from './batch-view.ts';
import { operationsWord } from './batch-words.ts';
import { failuresOf } from './item-model.ts';

/** How many skipped operations are named before the rest is counted. */
const named = 12;
/** How many failures are told in full. */
const told = 10;

interface BatchFailuresProps {
  batch: BatchView;
  ws: string;
  onChoose: (id: string) => void;
}

function Name({ id, onChoose }: { id: string; onChoose: (id: string) => void }) {
  return (
    <button
      type="button"
      className="link inline-flex min-h-6 max-w-full items-center truncate font-mono text-sm"
      onClick={() => onChoose(id)}
    >
      {id}
    </button>
  );
}

function Cause({
  cause,
  ws,
  onChoose,
}: {
  cause: BatchItemView;
  ws: string;
  onChoose: (id: string) => void;
}) {
  return (
    <div className="grid content-start gap-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Name id={cause.id} onChoose={onChoose} />
        <ItemSign status={cause.status} />
        {cause.run !== undefined && (
          <Link
            to="/w/$ws/runs/$runId"
            params={{ ws, runId: String(cause.run.id) }}
            className="link inline-flex min-h-6 items-center text-sm"
          >
            Run #{cause.run.id}
          </Link>
        )}
      </div>
      <p className="text-sm [overflow-wrap:anywhere]">
        {cause.message ?? cause.reason?.text ?? 'It did not succeed.'}
      </p>
      {cause.nextSteps.length > 0 && (
        <ul aria-label="What to do next" className="flex flex-wrap gap-x-4 text-sm">
          {cause.nextSteps.map((step) => (
            <li key={step.code} className="inline-flex min-h-6 items-center">
              <StepLink href={step.href}>{step.label}</StepLink>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What failed, and what each failure kept from beginning. Everything else went on without it. */
export function BatchFailures({ batch, ws, onChoose }: BatchFailuresProps) {
  const failures = failuresOf(batch.items);
  if (failures.length === 0) return null;
  return (
    <section aria-labelledby="failures" className="panel overflow-hidden">
      <h2 id="failures" className="border-b border-line px-4 py-2.5 text-base font-semibold">
        What failed, and what that kept from beginning
      </h2>
      <ul className="divide-y divide-line">
        {failures.slice(0, told).map(({ cause, skipped }) => (
          <li
            key={cause.id}
            className="grid gap-x-8 gap-y-3 border-l-2 border-l-stop px-4 py-3 md:grid-cols-2"
          >
            <Cause cause={cause} ws={ws} onChoose={onChoose} />
            <div className="grid content-start gap-1.5 text-sm">
              <p className="min-h-6 text-muted">
                {skipped.length === 0
                  ? 'Nothing depended on it.'
                  : `${operationsWord(skipped.length)} never began because of it:`}
              </p>
              {skipped.length > 0 && (
                <ul className="flex flex-wrap gap-x-3">
                  {skipped.slice(0, named).map(({ id }) => (
                    <li key={id} className="max-w-full min-w-0">
                      <Name id={id} onChoose={onChoose} />
                    </li>
                  ))}
                  {skipped.length > named && (
                    <li className="inline-flex min-h-6 items-center text-muted">
                      and {skipped.length - named} more
                    </li>
                  )}
                </ul>
              )}
            </div>
          </li>
        ))}
      </ul>
      {failures.length > told && (
        <p className="border-t border-line px-4 py-2 text-sm text-muted">
          And {failures.length - told} more; the table has them all.
        </p>
      )}
    </section>
  );
}
