import { expect, it } from 'vitest';
import { extended, readPlace, writePlace } from './log-place.ts';

it.each([
  ['#L1204', { from: 1204, to: 1204 }],
  ['L12-L20', { from: 12, to: 20 }],
  ['#L20-12', { from: 12, to: 20 }],
])('reads %s', (hash, place) => {
  expect(readPlace(hash)).toEqual(place);
  expect(readPlace(writePlace(place))).toEqual(place);
});

it.each(['', '#', '#L', '#L0', '#L01', '#L1e3', '#L99999999999', '#main', '#L1-', '#L1<b>'])(
  'takes %j for no line',
  (hash) => {
    expect(readPlace(hash)).toBeNull();
  },
);

it('extends from the chosen lines with Shift, in both directions', () => {
  expect(extended(null, 5, true)).toEqual({ from: 5, to: 5 });
  expect(extended({ from: 5, to: 5 }, 9, true)).toEqual({ from: 5, to: 9 });
  expect(extended({ from: 5, to: 9 }, 2, true)).toEqual({ from: 2, to: 9 });
  expect(extended({ from: 5, to: 9 }, 7, false)).toEqual({ from: 7, to: 7 });
});
