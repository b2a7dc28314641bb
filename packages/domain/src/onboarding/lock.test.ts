import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideLock, type LockFacts, lockMs } from './lock.ts';

const now = new Date('2026-03-01T12:00:00Z');
const after = (ms: number) => new Date(now.getTime() + ms);
const ada = { userId: 1, name: 'ada' };
const held = (ms: number): LockFacts => ({ holder: ada, until: after(ms), version: 4 });
const free: LockFacts = { holder: null, until: null, version: 4 };
const until = after(lockMs);
const ben = { userId: 2, takeover: false, version: null };

test('a free lock, and one that has run out, goes to whoever asks, under the next version', () => {
  expect(decideLock(free, ben, now)).toEqual({ kind: 'taken', version: 5, until, from: null });
  // Who had it did not give it back: what they had typed is kept for them.
  expect(decideLock(held(0), ben, now)).toEqual({ kind: 'taken', version: 5, until, from: ada });
  expect(decideLock(held(1), ben, now)).toEqual({ kind: 'locked', by: ada });
});

test('the holder renews it for ten minutes under the same version, also after it has run out', () => {
  for (const left of [1, -60_000])
    expect(decideLock(held(left), { ...ben, userId: 1 }, now)).toEqual({
      kind: 'renewed',
      version: 4,
      until,
    });
});

test('a live one of somebody else goes to another only by a takeover', () => {
  expect(decideLock(held(1), { ...ben, takeover: true }, now)).toEqual({
    kind: 'taken_over',
    version: 5,
    until,
    from: ada,
  });
  expect(decideLock(held(0), { ...ben, takeover: true }, now)).toMatchObject({ kind: 'taken' });
});

test('whoever names an older version writes nothing, whoever they are', () => {
  expect(decideLock(held(1), { userId: 1, takeover: false, version: 3 }, now)).toEqual({ kind: 'stale' });
  expect(decideLock(free, { ...ben, version: 3 }, now)).toEqual({ kind: 'stale' });
  expect(decideLock(held(1), { ...ben, takeover: true, version: 3 }, now)).toEqual({ kind: 'stale' });
});

test('whatever happens in whatever order, one person edits at a time, and nobody writes under a version that was another’s', () => {
  const step = fc.record({
    userId: fc.integer({ min: 1, max: 3 }),
    takeover: fc.boolean(),
    named: fc.constantFrom('none', 'seen'),
    wait: fc.integer({ min: 0, max: lockMs * 1.5 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let lock: LockFacts = { holder: null, until: null, version: 0 };
      let at = now;
      const seen = new Map<number, number>();
      const owner = new Map<number, number>();
      for (const { userId, takeover, named, wait } of steps) {
        at = new Date(at.getTime() + wait);
        const live = lock.until !== null && lock.until > at ? lock.holder : null;
        const version = named === 'seen' ? (seen.get(userId) ?? null) : null;
        const decision = decideLock(lock, { userId, takeover, version }, at);
        if (decision.kind === 'locked' || decision.kind === 'stale') {
          if (decision.kind === 'locked') expect(live).not.toBeNull();
          seen.set(userId, lock.version);
          continue;
        }
        if (live !== null && live.userId !== userId) expect(takeover).toBe(true);
        expect(decision.until.getTime()).toBe(at.getTime() + lockMs);
        expect(decision.version).toBeGreaterThanOrEqual(lock.version);
        // A version belongs to one person for ever.
        expect(owner.get(decision.version) ?? userId).toBe(userId);
        owner.set(decision.version, userId);
        seen.set(userId, decision.version);
        lock = { holder: { userId, name: String(userId) }, until: decision.until, version: decision.version };
      }
    }),
  );
});
