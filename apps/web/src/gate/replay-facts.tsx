import type { Run } from '@signalbox/contracts/run/run';
import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import type { InputChange } from '../operation/input-diff.ts';
import { repeatedEffects } from '../operation/side-effects.ts';
import { Time } from '../ui/time.tsx';
import type { StartSearch } from './start-search.ts';

interface ReplayFactsProps {
  run: Run;
  changes: readonly InputChange[];
  ws: string;
  search: StartSearch;
}

function Warning({ run }: { run: Run }) {
  const effects = repeatedEffects(run.operation);
  if (effects === null) return null;
  const { succeeded, total } = run.counts;
  const items = `${succeeded} of ${total} ${total === 1 ? 'item' : 'items'}`;
  return (
    <div className="flex gap-3 rounded-md border border-caution bg-caution-soft px-3 py-2 text-sm">
      <TriangleAlert size={17} aria-hidden="true" className="mt-0.5 shrink-0 text-caution" />
      <div className="grid min-w-0 gap-1">
        <strong className="font-semibold">A replay repeats what the run did</strong>
        <span>{effects}</span>
        {succeeded > 0 && <span>It did so for {items} already.</span>}
        {run.safeError?.code === 'outcome_unknown' && (
          <span>Its last change may have reached the provider too, and would be made once more.</span>
        )}
      </div>
    </div>
  );
}

function Changes({ changes, run }: Pick<ReplayFactsProps, 'changes' | 'run'>) {
  return (
    <section aria-labelledby="changes" className="min-w-0">
      <h2 id="changes" className="mb-1 text-base font-semibold">
        Changed inputs
      </h2>
      {changes.length === 0 ? (
        <p className="text-sm text-muted">None: the input is that of run #{run.id}.</p>
      ) : (
        <div className="overflow-x-auto rounded-md border border-line">
          <table className="w-full text-sm">
            <thead className="bg-sunken text-left text-muted">
              <tr>
                <th scope="col" className="px-3 py-1.5 font-medium">
                  Input
                </th>
                <th scope="col" className="px-3 py-1.5 font-medium">
                  In run #{run.id}
                </th>
                <th scope="col" className="px-3 py-1.5 font-medium">
                  In the replay
                </th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ member, label, before, after }) => (
                <tr key={member} className="border-t border-line align-baseline">
                  <th scope="row" className="px-3 py-1.5 text-left font-medium">
                    {label}
                  </th>
                  <td className="px-3 py-1.5 font-mono text-xs wrap-anywhere">{before ?? 'not said'}</td>
                  <td className="px-3 py-1.5 font-mono text-xs wrap-anywhere">{after ?? 'not said'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** What is replayed. Operation, tenant and connection are those of the run; only the input may differ. */
export function ReplayFacts({ run, changes, ws, search }: ReplayFactsProps) {
  const facts = [
    ['Operation', run.operationLabel],
    ['Tenant', run.tenant?.name ?? 'None'],
    ['Provider connection', run.connection?.label ?? 'None'],
  ];
  return (
    <div className="grid min-w-0 gap-4">
      <section aria-labelledby="replayed" className="grid min-w-0 gap-2">
        <h2 id="replayed" className="text-base font-semibold">
          Replay of{' '}
          <Link to="/w/$ws/runs/$runId" params={{ ws, runId: String(run.id) }} className="link">
            run #{run.id}
          </Link>
        </h2>
        <p className="text-sm text-muted">
          {run.statusText} Started <Time at={run.createdAt} />.
        </p>
        <dl className="grid gap-x-6 gap-y-2 rounded-md border border-line bg-sunken px-3 py-2 text-sm sm:grid-cols-3">
          {facts.map(([name, value]) => (
            <div key={name} className="min-w-0">
              <dt className="text-muted">{name}</dt>
              <dd className="font-medium">{value}</dd>
            </div>
          ))}
        </dl>
        <p className="text-sm">
          <Link to="/w/$ws/start" params={{ ws }} search={{ ...search, replay: undefined }} className="link">
            Start it as a run of its own
          </Link>{' '}
          <span className="text-muted">to choose another tenant or connection.</span>
        </p>
      </section>
      <Warning run={run} />
      <Changes changes={changes} run={run} />
    </div>
  );
}
