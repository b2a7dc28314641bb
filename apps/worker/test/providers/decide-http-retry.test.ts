import { describe, expect, it } from 'vitest';
import { decideHttpRetry, retryAfterMs } from '../../src/providers/http/decide-retry.ts';

const bounds = { budgetMs: 20_000, attempts: 6, baseMs: 500, capMs: 30_000 };
const so = { write: false, number: 1, waitedMs: 0, bounds };
const answer = (status: number, retryAfter?: number) =>
  ({ kind: 'answer', status, retryAfterMs: retryAfter }) as const;

describe('decideHttpRetry', () => {
  it('waits out a throttle that fits the budget and hands over one that does not', () => {
    expect(decideHttpRetry(answer(429, 20_000), so, 0)).toEqual({ do: 'wait', delayMs: 20_000 });
    expect(decideHttpRetry(answer(429, 21_000), so, 0)).toEqual({ do: 'hand_over', retryAfterMs: 21_000 });
    const spent = { ...so, waitedMs: 15_000 };
    expect(decideHttpRetry(answer(429, 6_000), spent, 0)).toEqual({ do: 'hand_over', retryAfterMs: 6_000 });
  });

  it('backs off with full jitter: never above the bound, which doubles up to the cap', () => {
    for (const [number, bound] of [
      [1, 500],
      [2, 1000],
      [4, 4000],
    ] as const) {
      expect(decideHttpRetry(answer(429), { ...so, number }, 0.999)).toEqual({
        do: 'wait',
        delayMs: Math.round(bound * 0.999),
      });
      expect(decideHttpRetry(answer(429), { ...so, number }, 0)).toEqual({ do: 'wait', delayMs: 1 });
    }
    expect(decideHttpRetry(answer(429), { ...so, number: 6 }, 0.5)).toEqual({
      do: 'hand_over',
      retryAfterMs: 30_000,
    });
  });

  it('repeats a read after trouble, and a write only when it was never sent', () => {
    const write = { ...so, write: true };
    for (const status of [500, 502, 503, 504]) {
      expect(decideHttpRetry(answer(status), so, 0.5).do).toBe('wait');
      expect(decideHttpRetry(answer(status, 1000), write, 0.5).do).toBe('return');
    }
    expect(decideHttpRetry({ kind: 'broken', unsent: false }, write, 0.5).do).toBe('return');
    expect(decideHttpRetry({ kind: 'broken', unsent: true }, write, 0.5).do).toBe('wait');
    expect(decideHttpRetry({ kind: 'broken', unsent: false }, so, 0.5).do).toBe('wait');
    expect(decideHttpRetry(answer(404), so, 0.5).do).toBe('return');
  });

  it('reads Retry-After in seconds and as a date', () => {
    expect(retryAfterMs('7', 0)).toBe(7000);
    expect(retryAfterMs('Thu, 01 Jan 1970 00:00:09 GMT', 1000)).toBe(8000);
    expect(retryAfterMs(null, 0)).toBeUndefined();
    expect(retryAfterMs('soon', 0)).toBeUndefined();
  });

  it('takes no wait that has no end, and none that is over before it begins', () => {
    const hour = 3_600_000;
    expect(retryAfterMs('3600', 0)).toBe(hour);
    for (const long of ['3601', '9999999', '9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT'])
      expect(retryAfterMs(long, 0), long).toBe(hour);
    for (const none of ['0', '00', '-1', 'Thu, 01 Jan 1970 00:00:09 GMT'])
      expect(retryAfterMs(none, 99_000), none).toBeUndefined();
    // So a service that says "now" again and again is given our own pause.
    const last = { ...so, number: 6 };
    expect(decideHttpRetry(answer(429, retryAfterMs('0', 0)), last, 0.5)).toEqual({
      do: 'hand_over',
      retryAfterMs: bounds.capMs,
    });
  });
});
