import { expect, it } from 'vitest';
import { arrivals, badgeText, bellName } from './arrivals-model.ts';

const told = (id: number, readAt?: string) => ({ id, readAt });
const ids = (news: readonly { id: number }[]) => news.map(({ id }) => id);

it('makes no news of what was there before the tab', () => {
  const first = arrivals(null, [told(3), told(2)]);
  expect(first.news).toEqual([]);
  expect(ids(arrivals(first.known, [told(4), told(3), told(2)]).news)).toEqual([4]);
});

it('makes each arrival news once, whatever order it commits in and however often it is answered', () => {
  let { known } = arrivals(null, [told(5)]);
  const seen: number[] = [];
  for (const answer of [[7, 5], [7, 6, 5], [7, 6, 5], [5], [8, 7, 6, 5]]) {
    const next = arrivals(
      known,
      answer.map((id) => told(id)),
    );
    known = next.known;
    seen.push(...ids(next.news));
  }
  expect(seen).toEqual([7, 6, 8]);
});

it('tells the oldest first, and nothing that was read elsewhere meanwhile', () => {
  const { known } = arrivals(null, []);
  expect(ids(arrivals(known, [told(3), told(2, '2026-01-01T00:00:00Z'), told(1)]).news)).toEqual([1, 3]);
});

it('names the number of unread ones in words', () => {
  expect([0, 1, 100].map(bellName)).toEqual([
    'Notifications, none unread',
    'Notifications, 1 unread',
    'Notifications, 100 or more unread',
  ]);
  expect([1, 99, 100].map(badgeText)).toEqual(['1', '99', '99+']);
});
