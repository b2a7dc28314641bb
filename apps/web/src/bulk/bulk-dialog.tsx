import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { BulkAction } from './bulk-bar.tsx';
import type { BulkSelection } from './bulk-selection.ts';

interface BulkDialogProps {
  ws: string;
  action: BulkAction;
  selection: BulkSelection;
  onClose: () => void;
}

/** Shows what a bulk action would do before it is made. */
export function BulkDialog({ selection, onClose }: BulkDialogProps) {
  const title = selection.kind === 'ids' ? `${selection.ids.length} runs` : 'All matching runs';
  return (
    <Dialog open onClose={onClose} title={title}>
      <Button className="justify-self-end" onClick={onClose}>
        Close
      </Button>
    </Dialog>
  );
}
