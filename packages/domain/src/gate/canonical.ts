/** JSON as data: what an operation takes in and a run keeps. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** One text for equal values: keys sorted, absent values left out. The base of the dedupe key. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value);
}

/**
 * The text whose hash tells whether two starts are the same work on one connection.
 * The connection is left out, since the gate may still have to choose it; the database adds it.
 */
export function workText(start: {
  readonly tenantId: number | null;
  readonly operation: string;
  readonly input: JsonObject;
  readonly payloadHash: string | null;
}): string {
  return canonicalJson([start.tenantId, start.operation, start.input, start.payloadHash]);
}
