import { expect, it } from 'vitest';
import {
  isChosen,
  isEmpty,
  nothing,
  pageTick,
  toggled,
  withoutPage,
  withPage,
  withRange,
} from './selection-model.ts';

const page = [9, 8, 7, 6, 5];

it('ticks and unticks one, and keeps what was chosen on other pages', () => {
  const one = toggled({ kind: 'ids', ids: [100] }, 8, page);
  expect(one).toEqual({ kind: 'ids', ids: [100, 8] });
  expect(toggled(one, 8, page)).toEqual({ kind: 'ids', ids: [100] });
});

it('chooses a range upwards and downwards, once each', () => {
  const from8 = toggled(nothing, 8, page);
  expect(withRange(from8, { from: 8, to: 6, page })).toEqual({ kind: 'ids', ids: [8, 7, 6] });
  expect(withRange(from8, { from: 6, to: 9, page })).toEqual({ kind: 'ids', ids: [8, 9, 7, 6] });
});

it('takes a range from a run of another page as the one run', () => {
  expect(withRange(nothing, { from: 100, to: 7, page })).toEqual({ kind: 'ids', ids: [7] });
  expect(withRange(nothing, { from: 7, to: 100, page })).toEqual(nothing);
});

it('says how the page stands and fills or empties it', () => {
  expect(pageTick(nothing, page)).toBe('none');
  expect(pageTick(toggled(nothing, 7, page), page)).toBe('some');
  const all = withPage({ kind: 'ids', ids: [100, 7] }, page);
  expect(pageTick(all, page)).toBe('all');
  expect(withoutPage(all, page)).toEqual({ kind: 'ids', ids: [100] });
});

it('takes one out of all that match by leaving the rest of the page, never more', () => {
  expect(isChosen({ kind: 'filter' }, 1)).toBe(true);
  expect(toggled({ kind: 'filter' }, 7, page)).toEqual({ kind: 'ids', ids: [9, 8, 6, 5] });
  expect(isEmpty(withoutPage({ kind: 'filter' }, page))).toBe(true);
});
