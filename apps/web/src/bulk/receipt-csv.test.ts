import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BulkItemView } from './bulk-view.ts';
import { csvCell, receiptCsv } from './receipt-csv.ts';

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

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1'])(
  'a spreadsheet takes no cell for a formula: %j',
  (text) => {
    expect(csvCell(text).replace(/^"/, '').startsWith("'")).toBe(true);
  },
);

test('whatever a message holds, it stays one cell of one row', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\r', '\n', '=', ' ') }), (message) => {
      const cell = csvCell(message);
      const quoted = cell.startsWith('"');
      // A doubled quote is one that belongs to the text.
      const inner = quoted ? cell.slice(1, -1).replaceAll('""', '_') : cell;
      expect(inner).not.toMatch(/"/);
      if (!quoted) expect(inner).not.toMatch(/[,\r\n]/);
      expect(inner).not.toMatch(/^\s*[=+\-@]/);
    }),
  );
});
