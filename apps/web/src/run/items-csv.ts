import { type CsvColumn, csvTable } from '../ui/csv.ts';
import type { ItemView } from './run-view.ts';

const columns: readonly CsvColumn<ItemView>[] = [
  ['position', ({ position }) => position],
  ['key', ({ key }) => key],
  ['label', ({ label }) => label],
  ['outcome', ({ outcome }) => outcome ?? 'remaining'],
  ['error_code', ({ errorCode }) => errorCode],
  ['message', ({ message }) => message],
  ['finished_at', ({ finishedAt }) => finishedAt],
  ['detail', ({ detail }) => (detail === undefined ? undefined : JSON.stringify(detail))],
];

/** Item results as a table, one row for each item. */
export function itemsCsv(items: readonly ItemView[]): string {
  return csvTable(columns, items);
}
