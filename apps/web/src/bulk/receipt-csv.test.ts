import { expect, test } from 'vitest';
import type { BulkItemView } from './bulk-view.ts';
import { receiptCsv } from './receipt-csv.ts';

const item: BulkItemView = {
  position: 1,
  operation: 'snapshot_capture',
  operationLabel: 'Capture policies',
  source: { id: 7, codename: 'amber-viaduct', status: 'failed' },
  status: 'failed',
  outcome: 'blocked',
  message: 'Refused, "for good"',
  nextSteps: [],
};

/** Reads one line of CSV back, the way a spreadsheet does. */
function cellsOf(line: string): string[] {
  const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? [];
  return cells.slice(0, -1).map((cell) => {
    const bare = cell.replace(/,$/, '');
    return bare.startsWith('"') ? bare.slice(1, -1).replaceAll('""', '"') : bare;
  });
}

test('a row says what was answered to a run, with quotes and commas inside their cell', () => {
  const [head, row, rest] = receiptCsv([item]).split('\r\n');
  expect(head).toContain('run,codename,operation');
  expect(cellsOf(`${row},`).slice(0, 8)).toEqual([
    '7',
    'amber-viaduct',
    'snapshot_capture',
    '',
    'failed',
    'blocked',
    '',
    'Refused, "for good"',
  ]);
  expect(rest).toBe('');
});
