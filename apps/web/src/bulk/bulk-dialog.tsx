import { useQuery } from '@tanstack/react-query';
import { api } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { BulkForm } from './bulk-form.tsx';
import type { BulkSelection } from './bulk-selection.ts';
import { actionWords, type BulkAction, runsWords } from './bulk-words.ts';
import { EstimateTable } from './estimate-table.tsx';
import { selectionInput } from './selection-input.ts';

interface BulkDialogProps {
  ws: string;
  action: BulkAction;
  selection: BulkSelection;
  onClose: () => void;
}

/** Shows what a bulk action would do before it is made, and asks why. */
export function BulkDialog({ ws, action, selection, onClose }: BulkDialogProps) {
  const estimate = useQuery({
    queryKey: ['bulk-estimate', action, selection],
    queryFn: () => api.bulk.estimate.mutate({ action, selection: selectionInput(selection) }),
    // What is confirmed is what was read: it must not change under the reader.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
  const words = actionWords[action];
  const count = estimate.data?.total ?? (selection.kind === 'ids' ? selection.ids.length : null);
  const what = count === null ? 'all matching runs' : runsWords(count);
  return (
    <Dialog open onClose={onClose} title={`${words.ask} ${what}?`}>
      <p className="text-muted">{words.means}</p>
      {estimate.data === undefined ? (
        <>
          {estimate.isError ? (
            <FaultLine error={estimate.error} onRetry={() => void estimate.refetch()} />
          ) : (
            <SkeletonRows rows={3} />
          )}
          <Button className="justify-self-end" onClick={onClose}>
            Close
          </Button>
        </>
      ) : (
        <>
          <EstimateTable estimate={estimate.data} frozen={selection.kind === 'filter'} />
          <BulkForm {...{ ws, action, selection, onClose }} estimate={estimate.data} />
        </>
      )}
    </Dialog>
  );
}
