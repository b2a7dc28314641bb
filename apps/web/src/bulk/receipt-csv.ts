import type { BulkItemView } from './bulk-view.ts';

const columns: readonly (readonly [string, (item: BulkItemView) => string | number | undefined])[] = [
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

/**
 * One cell. A spreadsheet takes what begins with one of these signs for a formula, so it is given as text; quotes
 * and line breaks stay inside the cell.
 */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^\s*[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The whole receipt as a table, one row for each run. */
export function receiptCsv(items: readonly BulkItemView[]): string {
  const rows = items.map((item) => columns.map(([, read]) => csvCell(read(item))));
  return [columns.map(([name]) => name), ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}
