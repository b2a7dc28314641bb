import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { againMs, makeAutoSaver, restMs, type SaveAnswer } from './auto-save.ts';
import type { Values } from './draft-model.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells what is only here, until the server has it', async () => {
  const told: (Values | null)[] = [];
  const { type, flush } = makeAutoSaver({
    draft: {},
    now: () => 7,
    onOpen: (values) => told.push(values),
    save: (values) => Promise.resolve({ kind: 'kept', draft: values }),
  });
  type({ notes: 'half' });
  expect(told.at(-1)).toEqual({ notes: 'half' });
  await flush();
  expect(told.at(-1)).toBeNull();
});

/** A saver whose saves are answered by hand. */
function saver() {
  const sent: Values[] = [];
  const waiting: ((answer: SaveAnswer) => void)[] = [];
  const made = makeAutoSaver({
    draft: {},
    now: () => 7,
    save: (values) => {
      sent.push(values);
      return new Promise((resolve) => waiting.push(resolve));
    },
  });
  return {
    ...made,
    sent,
    answer: (answer: SaveAnswer) => {
      waiting.shift()?.(answer);
      return vi.advanceTimersByTimeAsync(0);
    },
  };
}

it('saves once the typing rests, all of it in one go', async () => {
  const { type, sent, answer, state } = saver();
  type({ name: 'N' });
  await vi.advanceTimersByTimeAsync(restMs - 1);
  type({ name: 'No' });
  await vi.advanceTimersByTimeAsync(restMs - 1);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(sent).toEqual([{ name: 'No' }]);
  await answer({ kind: 'kept', draft: { name: 'No' } });
  expect(state().savedAt).toBe(7);
});

it('saves what was typed meanwhile after the answer, never two at a time', async () => {
  const { type, sent, answer } = saver();
  type({ name: 'N' });
  await vi.advanceTimersByTimeAsync(restMs);
  type({ name: 'No' });
  await vi.advanceTimersByTimeAsync(10 * restMs);
  expect(sent).toHaveLength(1);
  await answer({ kind: 'kept', draft: { name: 'N' } });
  await vi.advanceTimersByTimeAsync(restMs);
  expect(sent).toEqual([{ name: 'N' }, { name: 'No' }]);
});

it('tries a failed save again by itself', async () => {
  const { type, sent, answer } = saver();
  type({ name: 'N' });
  await vi.advanceTimersByTimeAsync(restMs);
  await answer({ kind: 'refused', fault: 'No connection.' });
  await vi.advanceTimersByTimeAsync(againMs - 1);
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(sent).toHaveLength(2);
});

it('sends nothing more after the lock is lost, and everything once it is put back', async () => {
  const { type, lose, putBack, sent, answer, state } = saver();
  type({ name: 'N' });
  await vi.advanceTimersByTimeAsync(restMs);
  await answer({ kind: 'lost' });
  type({ notes: 'more' });
  lose();
  await vi.advanceTimersByTimeAsync(10 * againMs);
  expect(sent).toHaveLength(1);
  expect(state().aside).toEqual({ name: 'N', notes: 'more' });
  const back = putBack();
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.at(-1)).toEqual({ name: 'N', notes: 'more' });
  await answer({ kind: 'kept', draft: { name: 'N', notes: 'more' } });
  expect(await back).toBe(true);
});

it('answers a flush with whether the server has everything', async () => {
  const { type, flush, sent, answer } = saver();
  expect(await flush()).toBe(true);
  type({ name: 'N' });
  const first = flush();
  await vi.advanceTimersByTimeAsync(0);
  type({ name: 'No' });
  const second = flush();
  await answer({ kind: 'kept', draft: { name: 'N' } });
  expect(await first).toBe(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toHaveLength(2);
  await answer({ kind: 'kept', draft: { name: 'No' } });
  expect(await second).toBe(true);
});
