import { expect, test } from 'vitest';
import { infraOf, sentenceOf } from './infra-of.ts';

const whatNext = { sentence: 'Create servers: done. Nothing is left to do.', nextSteps: [] };
const run = (operation: string, input: Record<string, unknown>) =>
  ({ operation, operationLabel: 'Create servers', input, status: 'succeeded', whatNext }) as const;

test('work on an infra names it, and any other run names none', () => {
  expect(infraOf(run('create_servers', { infra: 'web', checkMode: false }))).toEqual({
    name: 'web',
    check: false,
  });
  expect(infraOf(run('snapshot_capture', { infra: 'web' }))).toBeNull();
  expect(infraOf(run('create_servers', {}))).toBeNull();
});

test('a run that only planned does not say that it is done', () => {
  expect(sentenceOf(run('create_servers', { infra: 'web', checkMode: true }))).toBe(
    'Create servers: planned. Nothing was made, changed or removed.',
  );
  expect(sentenceOf(run('create_servers', { infra: 'web', checkMode: false }))).toBe(whatNext.sentence);
});
