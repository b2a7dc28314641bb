import { ExactNumber } from './exact-number.ts';
import { type JsonFault, type JsonValue, readJson } from './json-text.ts';

/** An input, and the lines its members stand on; or where the text stops being one. */
export type InputReading =
  | {
      readonly ok: true;
      readonly value: Record<string, unknown>;
      readonly lines: ReadonlyMap<string, number>;
    }
  | { readonly ok: false; readonly fault: JsonFault };

function isObject(value: JsonValue): value is { readonly [name: string]: JsonValue } {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  );
}

/** Reads an input typed as JSON. Only an object is one; no text at all is the empty one. */
export function readInput(text: string): InputReading {
  if (text.trim() === '') return { ok: true, value: {}, lines: new Map() };
  // It stands inside the body of a start.
  const reading = readJson(text, 1);
  if (!reading.ok) return reading;
  const { value, lines } = reading;
  if (isObject(value)) return { ok: true, value: { ...value }, lines };
  const message = 'an input is an object: { … }';
  return { ok: false, fault: { line: lines.get('') ?? 1, column: 1, message } };
}
