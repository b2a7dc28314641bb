import { reasonCodes } from '@signalbox/domain/gate/reasons';
import { runStatuses, transitions } from '@signalbox/domain/run/lifecycle';
import { expect, test } from 'vitest';
import { checkGenerated } from '../src/docs/check-generated.ts';
import { checkReferences } from '../src/docs/check-references.ts';
import { type GeneratedBlock, withBlock } from '../src/docs/generated-block.ts';
import { glossaryBlocks } from '../src/docs/glossary-blocks.ts';
import { lifecycleBlocks } from '../src/docs/lifecycle-blocks.ts';

const paths = [
  'README.md',
  'docs/lifecycle.md',
  'packages/domain/src/run/lifecycle.ts',
  'packages/db/src/run/get.ts',
];
const missing = (text: string, path = 'README.md') =>
  checkReferences([{ path, text }], paths).map(({ line, message }) => [line, message]);

test('a page may name files, folders, patterns and choices that exist', () => {
  const text = [
    '`packages/domain/src/run/lifecycle.ts`, `packages/db/`, `packages/*/src/run/*.ts`, `README.md`',
    '`packages/{domain,db}/src` and [the lifecycle](docs/lifecycle.md#states), [out](https://example.org/x.md), [here](#a)',
    '`npm start`, `run.started`, `packages/<name>/src`, `a/b`',
    '```',
    'cat `packages/none.ts`',
    '```',
  ].join('\n');
  expect(missing(text)).toEqual([]);
});

test('a page that names what is not there is told the line', () => {
  expect(missing('\nSee `packages/domain/src/gone.ts`.')).toEqual([
    [2, 'names packages/domain/src/gone.ts, which does not exist.'],
  ]);
  expect(missing('`packages/*/src/none/*.ts`')).toHaveLength(1);
  expect(missing('`packages/{domain,none}/src`')).toHaveLength(1);
  expect(missing('`GONE.md`')).toHaveLength(1);
  expect(missing('[a](lifecycle.md)', 'docs/glossary.md')).toEqual([]);
  expect(missing('[a](gone.md)', 'docs/glossary.md')).toHaveLength(1);
});

const block: GeneratedBlock = {
  page: 'docs/a.md',
  name: 'numbers',
  command: 'make numbers',
  render: () => 'one two',
};
const page = (inside: string) =>
  `# A\n\n<!-- generated: numbers -->${inside}<!-- end of generated part -->\n\nend\n`;

test('a generated part is put between its marks and found stale when it differs', () => {
  const fresh = withBlock(page('\nold\n'), block);
  expect(fresh).toBe(page('\n\none two\n\n'));
  expect(checkGenerated([block], () => fresh)).toEqual([]);
  expect(checkGenerated([block], () => page('\n\none\n\n'))[0]?.message).toContain('make numbers');
  expect(checkGenerated([block], () => 'no marks')[0]?.message).toContain('generated: numbers');
  expect(checkGenerated([block], () => null)[0]?.message).toContain('missing');
});

test('the diagram has every move of the table and no other', () => {
  const diagram = lifecycleBlocks[0]?.render() ?? '';
  const drawn = [...diagram.matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map((match) => `${match[1]} ${match[2]}`);
  expect(drawn).toEqual(runStatuses.flatMap((from) => transitions[from].map((to) => `${from} ${to}`)));
});

test('every reason has an anchor of its own', () => {
  const words = glossaryBlocks[0]?.render() ?? '';
  for (const code of reasonCodes) expect(words.split(`<a id="reason-${code}"></a>`)).toHaveLength(2);
});
