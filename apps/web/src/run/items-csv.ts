import type { ItemView } from './run-view.ts';

/** A cell: quoted, and never a formula to the program that opens it. */
function cell(value: string | number | undefined): string {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

const heads = ['position', 'key', 'label', 'outcome', 'error code', 'message', 'finished at', 'detail'];

/** Item results as a table for a spreadsheet (RFC 4180). */
export function itemsCsv(items: readonly ItemView[]): string {
  const rows = items.map((item) => [
    item.position,
    item.key,
    item.label,
    item.outcome ?? 'remaining',
    item.errorCode,
    item.message,
    item.finishedAt,
    item.detail === undefined ? '' : JSON.stringify(item.detail),
  ]);
  return [heads, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
