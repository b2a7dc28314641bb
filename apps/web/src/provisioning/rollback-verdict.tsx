import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { OutcomePanel } from '../gate/outcome-panel.tsx';
import { IconButton } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Time } from '../ui/time.tsx';
import { usualText } from './rollback-model.ts';
import type { RollbackPreviewQuery } from './use-rollback-preview.ts';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

/** What the gate would answer now, how much goes, what it holds and how long that usually takes. */
export function RollbackVerdict({ preview, ws }: { preview: RollbackPreviewQuery; ws: string }) {
  const { data } = preview;
  if (data === undefined) return null;
  const { possible, impossible, infras, usualSeconds, start, at } = data;
  return (
    <section aria-labelledby="verdict" aria-busy={preview.isFetching} className="grid gap-3">
      <div className="flex items-center justify-between">
        <h2 id="verdict" className="text-base font-semibold">
          If you roll back now
        </h2>
        <IconButton label="Ask again" onClick={() => void preview.refetch()}>
          <RotateCw size={15} aria-hidden="true" className={preview.isFetching ? 'animate-spin' : ''} />
        </IconButton>
      </div>
      {preview.isError && <FaultLine error={preview.error} onRetry={() => void preview.refetch()} />}
      {start !== undefined && <OutcomePanel outcome={start} ws={ws} happened={false} />}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 text-sm tabular-nums">
        <Fact name="Undone">{possible.toLocaleString('en')}</Fact>
        {impossible > 0 && (
          <Fact name="Not possible">
            <span className="font-medium text-stop">{impossible.toLocaleString('en')}</span>
          </Fact>
        )}
        <Fact name="Held meanwhile">{infras.join(', ')}</Fact>
        <Fact name="Takes">
          {usualSeconds === undefined ? 'No earlier work tells' : usualText(usualSeconds)}
        </Fact>
      </dl>
      <p className="border-t border-line pt-3 text-sm text-faint">
        {preview.isError ? 'Last answered' : 'Answered'} <Time at={new Date(at).toISOString()} />. The plan is
        made again when the run holds its infras; where it differs by then, nothing is undone.
      </p>
    </section>
  );
}
