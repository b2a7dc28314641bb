import { expect, test } from 'vitest';
import { waitUntil } from '../src/wait-until.ts';

test('waiting ends with the first value that is right', async () => {
  let looks = 0;
  const value = await waitUntil('the third look', () => (looks += 1), { until: (n) => n >= 3, everyMs: 1 });
  expect(value).toBe(3);
});

test('a missed deadline says what was awaited and what was seen last', async () => {
  const waiting = waitUntil('two runs', () => [{ status: 'queued' }], {
    until: (runs) => runs.length === 2,
    timeoutMs: 20,
  });
  await expect(waiting).rejects.toThrow("waited 20 ms for two runs; last value: [ { status: 'queued' } ]");
});

test('a look that throws is tried again, and named when it never stops throwing', async () => {
  let looks = 0;
  const look = (): boolean => {
    looks += 1;
    if (looks < 3) throw new Error('not yet');
    return true;
  };
  await expect(waitUntil('calm', look, { everyMs: 1 })).resolves.toBe(true);
  const hopeless = waitUntil('never', () => Promise.reject(new Error('refused')), { timeoutMs: 20 });
  await expect(hopeless).rejects.toThrow('last look failed: Error: refused');
});
