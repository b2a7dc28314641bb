import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { trpc } from '../client/api.ts';
import { StatusIcon } from './status-icon.tsx';

/** The last so many are enough beside a list. */
const most = 5;

/** The last steps of a run, newest last. */
export function PeekSteps({ id, ended, seq }: { id: number; ended: boolean; seq: number }) {
  const steps = useQuery(trpc.run.steps.queryOptions({ id }));
  const { refetch } = steps;
  const drawnWith = useRef(seq);
  useEffect(() => {
    if (drawnWith.current === seq) return;
    drawnWith.current = seq;
    void refetch();
  }, [seq, refetch]);
  const items = steps.data?.items.slice(-most) ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label="Last steps">
      <h3 className="eyebrow mb-1">Last steps</h3>
      <ul className="grid gap-1 text-sm">
        {items.map((step) => {
          const done = step.state === 'done';
          const failed = step.state === 'failed';
          const word = done ? 'Done' : failed ? 'Failed' : ended ? 'Without a result' : 'Running';
          return (
            <li key={step.name} className="flex items-center gap-2">
              <span className={done ? 'text-clear' : failed ? 'text-stop' : 'text-accent'}>
                <StatusIcon
                  shape={done ? 'tick' : failed ? 'cross' : ended ? 'bar' : 'half-circle'}
                  size={14}
                />
                <span className="sr-only">{word}</span>
              </span>
              <span className="truncate">{step.label}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
