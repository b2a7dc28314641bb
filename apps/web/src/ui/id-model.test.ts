import { expect, it } from 'vitest';
import { shortenId } from './id-model.ts';

it('leaves a short id alone', () => {
  expect(shortenId('ws-default')).toBe('ws-default');
});

it('keeps the start and the end of a long one, within the room there is', () => {
  const short = shortenId('0198f2a0-5c1e-7d3a-9b54-0f6c2b7a9e11');
  expect(short).toHaveLength(14);
  expect(short.startsWith('0198f2')).toBe(true);
  expect(short.endsWith('7a9e11')).toBe(true);
});
