import { CatchBoundary } from '@tanstack/react-router';
import { Ban, RotateCcw, RotateCw, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '../access/session.ts';
import { Button } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import type { BulkSelection } from './bulk-selection.ts';
import type { BulkAction } from './bulk-words.ts';

const BulkDialog = lazy(async () => ({ default: (await import('./bulk-dialog.tsx')).BulkDialog }));

const lacking = (capability: string) => `You lack the capability ${capability}.`;

interface BulkBarProps {
  ws: string;
  selection: BulkSelection;
  onClear: () => void;
}

/** What can be done with the chosen runs together. Nothing is done before the dialog has shown what would be. */
export function BulkBar({ ws, selection, onClear }: BulkBarProps) {
  const [asked, setAsked] = useState<BulkAction | null>(null);
  const may = { cancel: useCan('run.cancel'), replay: useCan('run.replay'), retry: useCan('run.retry') };
  const count = selection.kind === 'ids' ? selection.ids.length : null;
  return (
    <section
      aria-label="Bulk actions"
      className="panel flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2 shadow-pop"
    >
      <span className="text-sm font-medium tabular-nums" aria-live="polite">
        {count === null ? 'All matching runs chosen' : `${count} ${count === 1 ? 'run' : 'runs'} chosen`}
      </span>
      <Button
        look="quiet"
        className="max-sm:ml-auto"
        icon={<X size={15} aria-hidden="true" />}
        onClick={onClear}
      >
        Clear
      </Button>
      <span className="flex flex-wrap items-center gap-2 sm:ml-auto">
        <Button
          icon={<RotateCw size={15} aria-hidden="true" />}
          refused={may.replay ? null : lacking('run.replay')}
          onClick={() => setAsked('replay')}
        >
          Replay
        </Button>
        <Button
          icon={<RotateCcw size={15} aria-hidden="true" />}
          refused={may.retry ? null : lacking('run.retry')}
          onClick={() => setAsked('retry_failed_items')}
        >
          Retry failed items
        </Button>
        <Button
          look="danger"
          icon={<Ban size={15} aria-hidden="true" />}
          refused={may.cancel ? null : lacking('run.cancel')}
          onClick={() => setAsked('cancel')}
        >
          Cancel
        </Button>
      </span>
      {asked !== null && (
        <CatchBoundary getResetKey={() => asked} errorComponent={({ error }) => <FaultLine error={error} />}>
          <Suspense>
            <BulkDialog ws={ws} action={asked} selection={selection} onClose={() => setAsked(null)} />
          </Suspense>
        </CatchBoundary>
      )}
    </section>
  );
}
