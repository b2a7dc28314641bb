import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell } from './csv.ts';

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
