import { expect, it } from 'vitest';
import { startFaults } from './start-faults.ts';

it('gives each fault to the control its pointer names', () => {
  expect(
    startFaults([
      { pointer: '/tenantId', detail: 'must name the tenant to work on' },
      { pointer: '/connectionId', detail: 'must be a number' },
      { pointer: '/input/kinds', detail: 'must not be empty' },
      { pointer: '/input/itemIds/3', detail: 'must be greater than 0' },
      { pointer: '/input/groupMapping/a~1b', detail: 'must not be empty' },
      { pointer: '/input/kinds/0', detail: 'Invalid option' },
      { pointer: '/input', detail: 'and 12 more faults' },
      { pointer: '', detail: 'is odd' },
    ]),
  ).toEqual({
    tenant: 'Must name the tenant to work on.',
    connection: 'Must be a number.',
    input: {
      kinds: 'Must not be empty. Entry 1: Invalid option.',
      itemIds: 'Entry 4 must be greater than 0.',
      groupMapping: '“a/b” must not be empty.',
    },
    inside: [
      { pointer: '/kinds', detail: 'must not be empty' },
      { pointer: '/itemIds/3', detail: 'must be greater than 0' },
      { pointer: '/groupMapping/a~1b', detail: 'must not be empty' },
      { pointer: '/kinds/0', detail: 'Invalid option' },
      { pointer: '', detail: 'and 12 more faults' },
    ],
  });
});

it('writes out the first few of many', () => {
  const errors = Array.from({ length: 40 }, (_, at) => ({
    pointer: `/input/itemIds/${at}`,
    detail: 'is odd',
  }));
  expect(startFaults(errors).input.itemIds).toBe(
    'Entry 1 is odd. Entry 2 is odd. Entry 3 is odd. And 37 more.',
  );
});

it('makes no prototype of a hostile pointer', () => {
  const { input } = startFaults([{ pointer: '/input/__proto__/x', detail: 'is not a known field' }]);
  expect(Object.keys(input)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
});
