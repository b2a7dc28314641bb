/** How deep JSON may nest. Deeper input is refused before it is parsed. */
const maxDepth = 32;

/** Parsed JSON, or why it is refused. */
type GuardedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly detail: string };

const refused = (detail: string): GuardedJson => ({ ok: false, detail });
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as text; null when they are not UTF-8 or start with a byte order mark. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    const text = decoder.decode(bytes);
    return text.startsWith('\ufeff') ? null : text;
  } catch {
    return null;
  }
}

/**
 * Parses JSON and refuses what would hurt further in: deep nesting, keys that reach prototypes, numbers that are not
 * finite, and text that PostgreSQL cannot keep (NUL, halves of surrogate pairs). Of a key given twice the last counts.
 */
export function guardedJson(text: string): GuardedJson {
  if (depthOf(text) > maxDepth) return refused(`The JSON nests deeper than ${maxDepth} levels.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('The body is not valid JSON.');
  }
  const fault = faultOf(value);
  return fault === null ? { ok: true, value } : refused(fault);
}

/** The deepest nesting of brackets outside strings. A scan, so that hostile depth costs no stack. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return deepest;
}

function faultOf(root: unknown): string | null {
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string' && !storable(value)) return unstorable;
    if (typeof value === 'number' && !Number.isFinite(value)) return 'A number is too large.';
    if (Array.isArray(value)) {
      for (const item of value) open.push(item);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (key === '__proto__') return 'The key "__proto__" is not allowed.';
        if (key === 'constructor' && reachesPrototype(item)) {
          return 'The keys "constructor.prototype" are not allowed.';
        }
        if (!storable(key)) return unstorable;
        open.push(item);
      }
    }
  }
  return null;
}

const unstorable = 'Text must not contain NUL or half of a surrogate pair.';

function storable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}

function reachesPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}
