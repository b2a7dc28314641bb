import { expect, it } from 'vitest';
import { chordOf } from './chord.ts';

const plain = { ctrlKey: false, metaKey: false, altKey: false };

it.each([
  [{ ...plain, key: 'j' }, 'j'],
  [{ ...plain, key: 'X' }, 'shift+x'],
  [{ ...plain, key: '?' }, '?'],
  [{ ...plain, key: ' ' }, 'space'],
  [{ ...plain, key: 'Enter' }, 'enter'],
  [{ ...plain, key: 'k', ctrlKey: true }, 'mod+k'],
  [{ ...plain, key: 'k', metaKey: true }, 'mod+k'],
])('names %j as %s', (press, chord) => {
  expect(chordOf(press)).toBe(chord);
});

it.each([
  { ...plain, key: 'j', altKey: true },
  { ...plain, key: 'Shift' },
  { ...plain, key: 'Control', ctrlKey: true },
])('leaves %j to the browser', (press) => {
  expect(chordOf(press)).toBeNull();
});
