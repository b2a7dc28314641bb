import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { api } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { saveFile } from '../ui/save-file.ts';
import { toast } from '../ui/toasts.tsx';
import type { BulkItemView } from './bulk-view.ts';
import { receiptCsv } from './receipt-csv.ts';

/** Every run of a bulk action, page by page. */
async function allItems(id: number): Promise<BulkItemView[]> {
  const items: BulkItemView[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.bulk.items.query({ id, limit: 200, ...(cursor !== undefined && { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

/** Saves the receipt with all its runs, whatever the page shows of them. */
export function DownloadReceipt({ id }: { id: number }) {
  const save = useMutation({
    mutationFn: async () => saveFile(`bulk-action-${id}.csv`, [receiptCsv(await allItems(id))], 'text/csv'),
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
