import { rollbackLimit } from '@signalbox/domain/provisioning/rollback-plan';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { changesText, kindCount, readContent } from './checkpoint-model.ts';
import type { CheckpointView } from './checkpoint-view.ts';
import { compareContents, type Difference } from './compare-contents.ts';

interface CompareCheckpointsProps {
  /** One or two. */
  ids: readonly string[];
  ws: string;
  onClear: () => void;
}

/** Differences that are drawn before one asks for more. */
const pageSize = 50;

const signs: Record<
  Difference['what'],
  { readonly sign: string; readonly word: string; readonly ink: string }
> = {
  added: { sign: '+', word: 'Added', ink: 'text-clear' },
  removed: { sign: '−', word: 'Removed', ink: 'text-stop' },
  changed: { sign: '~', word: 'Changed', ink: 'text-caution' },
};

function DifferenceRow({ difference: { what, infra, kind, name, facts } }: { difference: Difference }) {
  const { sign, word, ink } = signs[what];
  return (
    <li className="grid grid-cols-[6rem_minmax(0,1fr)] items-baseline gap-x-4 px-4 py-2">
      <span className={`inline-flex items-baseline gap-2 text-sm font-medium ${ink}`}>
        <span aria-hidden="true" className="w-2.5 font-mono">
          {sign}
        </span>
        {word}
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="font-mono text-sm">{name}</span>{' '}
        <span className="text-sm text-muted">
          {kindCount(kind, 1).replace('1 ', '')} in {infra}
        </span>
        {facts.length > 0 && (
          <ul className="mt-0.5 grid gap-0.5 text-sm text-muted">
            {facts.map((fact) => (
              <li key={fact.name}>
                {fact.name}: <span className="font-mono text-xs">{fact.before}</span>{' '}
                <ArrowRight size={12} className="inline" aria-label="became" />{' '}
                <span className="font-mono text-xs text-ink">{fact.after}</span>
              </li>
            ))}
          </ul>
        )}
      </span>
    </li>
  );
}

function Name({ checkpoint: { id, name }, ws }: { checkpoint: CheckpointView; ws: string }) {
  return (
    <Link
      to="/w/$ws/checkpoints/$checkpointId"
      params={{ ws, checkpointId: id }}
      className="link font-medium"
    >
      {name}
    </Link>
  );
}

/** How many of the changes between two checkpoints still stand, where the counts say so. */
function between(earlier: CheckpointView, later: CheckpointView): string {
  const standing = earlier.changesSince - later.changesSince;
  if (earlier.changesSince > rollbackLimit) return 'Too many changes since to say how many lie between them';
  if (standing === 0) return 'No change between them still stands';
  return `${changesText(standing)} between them still ${standing === 1 ? 'stands' : 'stand'}`;
}

function Comparison({ earlier, later, ws }: { earlier: CheckpointView; later: CheckpointView; ws: string }) {
  const [most, setMost] = useState(pageSize);
  const differences = compareContents(
    readContent(earlier.content).resources,
    readContent(later.content).resources,
  );
  const count = (what: Difference['what']) => differences.filter((one) => one.what === what).length;
  return (
    <>
      <p className="px-4 py-3">
        From <Name checkpoint={earlier} ws={ws} /> to <Name checkpoint={later} ws={ws} />:{' '}
        {differences.length === 0 ? (
          'the same stood at both.'
        ) : (
          <span className="tabular-nums">
            {count('added')} added, {count('removed')} removed, {count('changed')} changed.
          </span>
        )}{' '}
        <span className="text-muted">{between(earlier, later)}.</span>
      </p>
      {differences.length > 0 && (
        <ul aria-label="What differs" className="divide-y divide-line border-t border-line">
          {differences.slice(0, most).map((difference) => (
            <DifferenceRow
              key={`${difference.infra} ${difference.kind} ${difference.name}`}
              difference={difference}
            />
          ))}
        </ul>
      )}
      {differences.length > most && (
        <div className="grid justify-items-center border-t border-line py-3">
          <Button onClick={() => setMost(most + pageSize)}>
            Show {Math.min(pageSize, differences.length - most)} more
          </Button>
        </div>
      )}
    </>
  );
}

/** What differs between two checkpoints, resource by resource, from the earlier one to the later one. */
export function CompareCheckpoints({ ids, ws, onClear }: CompareCheckpointsProps) {
  const queries = useQueries({
    queries: ids.map((id) => trpc.checkpoint.get.queryOptions({ id }, { staleTime: 60_000 })),
  });
  const failed = queries.find(({ error, data }) => error !== null && data === undefined);
  const [earlier, later] = queries
    .flatMap(({ data }) => data ?? [])
    .toSorted((a, b) => a.position - b.position || a.createdAt.localeCompare(b.createdAt));
  return (
    <section aria-labelledby="compare" className="panel min-w-0 overflow-hidden">
      <div className="flex min-h-11 items-center gap-3 border-b border-line px-4 py-1.5">
        <h2 id="compare" className="text-base font-semibold">
          What differs
        </h2>
        <Button look="quiet" size="small" onClick={onClear}>
          Choose none
        </Button>
      </div>
      {failed !== undefined ? (
        <div className="p-4">
          <FaultLine error={failed.error} onRetry={() => void failed.refetch()} />
        </div>
      ) : ids.length === 1 ? (
        <p className="px-4 py-3 text-muted">One is chosen. Tick another one to see what differs.</p>
      ) : earlier === undefined || later === undefined ? (
        <SkeletonRows rows={2} />
      ) : (
        <Comparison earlier={earlier} later={later} ws={ws} />
      )}
    </section>
  );
}
