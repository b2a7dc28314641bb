import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { saveFile } from '../ui/save-file.ts';
import { toast } from '../ui/toasts.tsx';
import { allBulkItems } from './bulk-queries.ts';
import { receiptCsv } from './receipt-csv.ts';

/** Saves the receipt with all its runs, whatever the page shows of them. */
export function DownloadReceipt({ id }: { id: number }) {
  const save = useMutation({
    mutationFn: async () =>
      saveFile(`bulk-action-${id}.csv`, [receiptCsv(await allBulkItems(id))], 'text/csv'),
    onError: () => toast('The CSV could not be made', 'Try again in a moment.'),
  });
  return (
    <Button
      look="quiet"
      icon={<Download size={15} aria-hidden="true" />}
      pending={save.isPending}
      onClick={() => save.mutate()}
    >
      Download CSV
    </Button>
  );
}
