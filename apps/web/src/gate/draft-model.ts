import { writeJson } from '../operation/json-text.ts';
import { readInput } from '../operation/read-input.ts';
import { type SchemaField, withoutEmpty, withoutSecrets } from '../operation/schema-model.ts';
import { longestInput, type StartSearch } from './start-search.ts';

/** What was typed into the form and not sent. */
export interface Draft {
  readonly input: Readonly<Record<string, unknown>>;
  /** The input as text while it is edited as JSON, valid or not; null while the form is shown. */
  readonly text: string | null;
}

/** What a draft would send; null while its text is no input. */
export function inputOf({ input, text }: Draft): Record<string, unknown> | null {
  if (text === null) return withoutEmpty(input);
  const reading = readInput(text);
  return reading.ok ? reading.value : null;
}

/** The draft that a link stands for. `initial` is what it begins with where the link says nothing. */
export function openDraft(
  typed: string | undefined,
  view: StartSearch['view'],
  initial: Readonly<Record<string, unknown>>,
): Draft {
  if (typed === undefined) {
    return { input: initial, text: view === 'json' ? writeJson(initial, true) : null };
  }
  const reading = readInput(typed);
  // What cannot be shown as a form is shown as it was typed.
  if (!reading.ok) return { input: {}, text: typed };
  return { input: reading.value, text: view === 'json' ? typed : null };
}

/**
 * The draft as text for a link; null where the link need not say anything, since `initial` is what it begins with.
 * Secrets are left out, and of a text that cannot be read nothing is known to be none.
 */
export function draftText(
  { input, text }: Draft,
  fields: readonly SchemaField[],
  initial: Readonly<Record<string, unknown>>,
): string | null {
  const guarded = fields.some(({ secret }) => secret);
  if (text !== null && !guarded) return text;
  const known = text === null ? { ok: true as const, value: withoutEmpty(input) } : readInput(text);
  if (!known.ok) return null;
  const written = writeJson(withoutSecrets(known.value, fields));
  return written === writeJson(withoutEmpty(initial)) ? null : written;
}

/** Whether a text fits into a link, so that sign-in can lead back to it. */
export function fitsLink(text: string): boolean {
  return encodeURIComponent(text).length <= longestInput;
}
