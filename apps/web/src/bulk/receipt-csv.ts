import { type CsvColumn, csvTable } from '../ui/csv.ts';
import type { BulkItemView } from './bulk-view.ts';

const columns: readonly CsvColumn<BulkItemView>[] = [
  ['run', ({ source }) => source.id],
  ['codename', ({ source }) => source.codename],
  ['operation', ({ operation }) => operation],
  ['tenant', ({ tenant }) => tenant?.externalId],
  ['status', ({ status }) => status],
  ['outcome', ({ outcome }) => outcome],
  ['reason', ({ reason }) => reason?.code],
  ['message', ({ message }) => message],
  ['new_run', ({ run }) => run?.id],
  ['new_run_status', ({ run }) => run?.status],
  ['held_by_run', ({ holder }) => holder?.runId],
  ['waiting_since', ({ waitingSince }) => waitingSince],
  ['finished_at', ({ finishedAt }) => finishedAt],
];

/** The whole receipt as a table, one row for each run. */
export function receiptCsv(items: readonly BulkItemView[]): string {
  return csvTable(columns, items);
}
