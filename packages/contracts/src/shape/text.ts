import { z } from 'zod';

// With the two separators that end a line or a paragraph without being control characters.
const control = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const controlButLines = /[^\P{Cc}\n\t]/u;
// Marks that reorder or hide text, so that two different names look the same on a screen.
const disguising = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/** Length as a reader and JSON Schema count it: code points, not UTF-16 units. */
function codePoints(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}

function bounded(max: number, min: number) {
  return z
    .string()
    .normalize('NFC')
    .trim()
    .refine((value) => value.isWellFormed(), { error: 'contains half of a surrogate pair' })
    .refine((value) => codePoints(value) >= min, {
      error: min === 1 ? 'must not be empty' : `must have at least ${min} characters`,
    })
    .refine((value) => codePoints(value) <= max, { error: `must have at most ${max} characters` })
    .meta({ minLength: min, maxLength: max });
}

/** One line of text: NFC, trimmed, without control characters and separators of lines. `max` counts code points. */
export function line(max: number, min = 1) {
  return bounded(max, min).refine((value) => !control.test(value), {
    error: 'must not contain control characters',
  });
}

/** Free text in which line breaks and tabs are allowed. `max` counts code points. */
export function prose(max: number) {
  return bounded(max, 1).refine((value) => !controlButLines.test(value), {
    error: 'must not contain control characters other than line breaks and tabs',
  });
}

/** A name that people read and compare: one line without marks that hide or reorder characters. */
export function name(max: number) {
  return line(max).refine((value) => !disguising.test(value), {
    error: 'must not contain invisible or reordering characters',
  });
}

/** A key known to a program rather than a reader: an external id, a policy id, an item key. Never normalised. */
export function key(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .refine((value) => value.isWellFormed() && !control.test(value), {
      error: 'must not contain control characters or half of a surrogate pair',
    });
}
