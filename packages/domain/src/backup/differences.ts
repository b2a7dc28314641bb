import type { Json, JsonObject } from '../gate/canonical.ts';

/**
 * Where two JSON values differ, as JSON pointers, sorted. An absent property equals null, because the provider
 * sends null for what is not set. Lists of different length differ as a whole.
 */
export function differences(left: Json | undefined, right: Json | undefined): string[] {
  const found: string[] = [];
  collect('', [left ?? null, right ?? null], found);
  return found.sort();
}

function collect(path: string, pair: readonly [Json, Json], found: string[]): void {
  const [left, right] = pair;
  if (Array.isArray(left) && Array.isArray(right) && left.length === right.length) {
    for (const [index, element] of left.entries()) {
      collect(`${path}/${index}`, [element, right[index] ?? null], found);
    }
  } else if (isObject(left) && isObject(right)) {
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const step = key.replaceAll('~', '~0').replaceAll('/', '~1');
      collect(`${path}/${step}`, [own(left, key), own(right, key)], found);
    }
  } else if (
    !Object.is(left, right) &&
    !(Array.isArray(left) && Array.isArray(right) && left.length + right.length === 0)
  ) {
    found.push(path);
  }
}

function own(value: JsonObject, key: string): Json {
  return Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
