import { expect, it } from 'vitest';
import { isRenewalDue, lockLine, lockState } from './lock-model.ts';

const now = Date.UTC(2026, 2, 1, 12, 0, 0);
const until = (seconds: number) => new Date(now + seconds * 1_000).toISOString();
const dana = (seconds: number) => ({ holder: 'Dana', until: until(seconds), mine: false });
const mine = (seconds: number) => ({ holder: 'me', until: until(seconds), mine: true });

it('tells who edits and when the lock ends', () => {
  expect(lockLine(dana(252), now)).toBe('Dana is editing, lock ends in 4:12');
  expect(lockLine(mine(600), now)).toBe('You are editing, lock ends in 10:00');
  expect(lockLine({ mine: false }, now)).toBe('Nobody is editing');
});

it('takes an expired lock for none, whoever held it', () => {
  expect(lockState(dana(0), now)).toBe('free');
  expect(lockState(mine(-1), now)).toBe('free');
  expect(lockState(dana(1), now)).toBe('other');
});

it('says two minutes before its end that one’s own lock runs out', () => {
  expect(lockState(mine(121), now)).toBe('mine');
  expect(lockState(mine(120), now)).toBe('ending');
});

it('renews a lock for who is at work, and not before it has aged', () => {
  expect(isRenewalDue(mine(400), now - 5_000, now)).toBe(true);
  expect(isRenewalDue(mine(500), now - 5_000, now)).toBe(false);
  expect(isRenewalDue(mine(400), now - 61_000, now)).toBe(false);
  expect(isRenewalDue(dana(400), now, now)).toBe(false);
  expect(isRenewalDue(mine(0), now, now)).toBe(false);
});
