/** Search parameters as a page receives them: text, or a list where a key came more than once. */
export type RawSearch = Record<string, string | string[]>;

/**
 * Reads a search string. Every value stays text: the pages' schemas give it meaning, so that a hostile or old
 * link can at worst be ignored. Broken escapes never throw.
 */
export function parseSearch(search: string): RawSearch {
  const found = new Map<string, string[]>();
  for (const [key, value] of new URLSearchParams(search)) {
    found.set(key, [...(found.get(key) ?? []), value]);
  }
  // A key such as __proto__ becomes an own property here and cannot reach a prototype.
  return Object.fromEntries(
    [...found].map(([key, values]) => [key, values.length === 1 ? values[0] : values]),
  ) as RawSearch;
}

/** Writes search parameters back; `undefined`, `null` and empty text leave no trace in the URL. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === undefined || one === null || one === '') continue;
      params.append(key, typeof one === 'object' ? JSON.stringify(one) : String(one));
    }
  }
  // Commas and colons are legal in a query and far easier to read unescaped.
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text === '' ? '' : `?${text}`;
}
