import { CornerDownRight, OctagonX, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { changesText, kindCount } from './checkpoint-model.ts';
import type { RollbackPreviewView, RollbackStepView } from './checkpoint-view.ts';
import { driftOf, pulledIn } from './rollback-model.ts';

/** Steps that are drawn before one asks for more. */
const pageSize = 100;

interface StepProps {
  step: RollbackStepView;
  /** Its place, from 1. */
  at: number;
  labelOf: (change: number) => string;
}

function Step({ step, at, labelOf }: StepProps) {
  const { label, infra, kind, provider, change, because, problem, warning } = step;
  return (
    <li
      className={`grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-2 px-4 py-2.5 ${problem === undefined ? '' : 'border-l-2 border-l-stop pl-3.5'}`}
    >
      <span aria-hidden="true" className="text-sm leading-6 text-faint tabular-nums">
        {at}
      </span>
      <div className="grid min-w-0 gap-0.5 [overflow-wrap:anywhere]">
        <p className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className={problem === undefined ? 'font-medium' : 'font-medium text-muted line-through'}>
            {label}
          </span>
          <span className="text-sm text-muted">
            {kindCount(kind, 1).replace('1 ', '')} · {infra} · {provider} ·{' '}
            <span className="tabular-nums">change {change}</span>
          </span>
        </p>
        {because !== undefined && (
          <p className="flex gap-1.5 text-sm text-muted">
            <CornerDownRight size={14} aria-hidden="true" className="mt-0.5 shrink-0" />
            Not chosen: it rests on change {because}
            {labelOf(because) === '' ? '' : ` (${labelOf(because)})`}, which is undone.
          </p>
        )}
        {problem !== undefined && (
          <p className="flex gap-1.5 text-sm text-stop">
            <OctagonX size={14} aria-hidden="true" className="mt-0.5 shrink-0" />
            <span>
              <span className="font-medium">Cannot be undone.</span> {problem}
            </span>
          </p>
        )}
        {warning !== undefined && problem === undefined && (
          <p className="flex gap-1.5 text-sm text-caution">
            <TriangleAlert size={14} aria-hidden="true" className="mt-0.5 shrink-0" />
            {warning}
          </p>
        )}
      </div>
    </li>
  );
}

/** What has changed since, and the changes in the order in which they would be undone. */
export function RollbackSteps({ preview }: { preview: RollbackPreviewView }) {
  const [most, setMost] = useState(pageSize);
  const { steps, checkpoint } = preview;
  const labels = new Map(steps.map(({ change, label }) => [change, label]));
  const pulled = pulledIn(steps);
  return (
    <div className="grid min-w-0 gap-4">
      <section aria-labelledby="drift" className="panel min-w-0 p-4">
        <h2 id="drift" className="text-base font-semibold">
          {checkpoint === undefined
            ? 'What these operations left'
            : `What differs from ${checkpoint.name} by now`}
        </h2>
        <ul className="mt-1.5 grid gap-1 text-sm">
          {driftOf(steps).map(({ infra, what }) => (
            <li key={infra} className="[overflow-wrap:anywhere]">
              <span className="font-mono">{infra}</span>: {what}
            </li>
          ))}
        </ul>
        {pulled > 0 && (
          <p className="mt-2 text-sm text-muted">
            {changesText(pulled)} {pulled === 1 ? 'was' : 'were'} not chosen and{' '}
            {pulled === 1 ? 'goes' : 'go'} along, since {pulled === 1 ? 'it rests' : 'they rest'} on what is
            undone.
          </p>
        )}
      </section>
      <section aria-labelledby="steps" className="panel min-w-0 overflow-hidden">
        <h2
          id="steps"
          className="flex min-h-11 items-center gap-2 border-b border-line px-4 text-base font-semibold"
        >
          In this order
          <span className="font-normal text-faint tabular-nums">{changesText(steps.length)}</span>
        </h2>
        <ol aria-label="Steps" className="divide-y divide-line">
          {steps.slice(0, most).map((step, index) => (
            <Step
              key={step.change}
              step={step}
              at={index + 1}
              labelOf={(change) => labels.get(change) ?? ''}
            />
          ))}
        </ol>
        {steps.length > most && (
          <div className="grid justify-items-center border-t border-line py-3">
            <Button onClick={() => setMost(most + pageSize)}>
              Show {Math.min(pageSize, steps.length - most)} more
            </Button>
          </div>
        )}
      </section>
    </div>
  );
}
