import { expect, it } from 'vitest';
import { neighboursOf } from './neighbours-model.ts';

const list = { ws: 'ws-a', search: '?status=failed', ids: [9, 7, 4], nextCursor: 'n', previousCursor: null };

it('leads to the runs above and below in the list, whatever their ids', () => {
  expect(neighboursOf(list, 7)).toEqual({ at: 2, of: 3, previous: { id: 9 }, next: { id: 4 } });
});

it('leads over the end of the page where the list goes on, and nowhere where it ends', () => {
  expect(neighboursOf(list, 4)?.next).toEqual({ cursor: 'n', end: 'first' });
  expect(neighboursOf(list, 9)?.previous).toBeNull();
  expect(neighboursOf({ ...list, previousCursor: 'p' }, 9)?.previous).toEqual({ cursor: 'p', end: 'last' });
});

it('knows no neighbours of a run that is not of the list', () => {
  expect(neighboursOf(list, 5)).toBeNull();
  expect(neighboursOf(null, 7)).toBeNull();
});
