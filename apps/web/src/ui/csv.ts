/** What a cell may hold; nothing at all is an empty cell. */
export type CsvValue = string | number | undefined;

/**
 * One cell. A spreadsheet takes what begins with one of these signs for a formula, so it is given as text; quotes
 * and line breaks stay inside the cell.
 */
export function csvCell(value: CsvValue): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^\s*[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A column of a table: its head, and what a row has there. */
export type CsvColumn<TRow> = readonly [head: string, read: (row: TRow) => CsvValue];

/** Rows as a table for a spreadsheet (RFC 4180). */
export function csvTable<TRow>(columns: readonly CsvColumn<TRow>[], rows: readonly TRow[]): string {
  const cells = rows.map((row) => columns.map(([, read]) => csvCell(read(row))));
  return [columns.map(([head]) => head), ...cells].map((line) => `${line.join(',')}\r\n`).join('');
}
