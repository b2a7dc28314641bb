import type { Json, JsonObject } from '@signalbox/domain/gate/canonical';
import type { GraphCall, GraphClient } from './graph-client.ts';
import { GraphFailure } from './graph-failure.ts';

/** The pages of a collection, one after the other; a page may be empty. Links are followed as they are. */
export async function* readPages(client: GraphClient, call: GraphCall): AsyncGenerator<JsonObject[]> {
  let body = await client.send(call);
  for (;;) {
    yield objectsOf(body.value);
    const link = body['@odata.nextLink'];
    if (typeof link !== 'string') return;
    body = await client.follow(link);
  }
}

/** All objects of a collection that is known to be short. */
export async function readAll(client: GraphClient, call: GraphCall): Promise<JsonObject[]> {
  const all: JsonObject[] = [];
  for await (const page of readPages(client, call)) all.push(...page);
  return all;
}

/** The objects of a list in an answer. */
export function objectsOf(value: Json | undefined): JsonObject[] {
  const list: readonly Json[] = Array.isArray(value) ? value : [];
  return list.filter(
    (entry): entry is JsonObject => typeof entry === 'object' && entry !== null && !Array.isArray(entry),
  );
}

/** A text that an answer must carry; without it the answer is not what it should be. */
export function textOf(body: JsonObject, key: string): string {
  const value = body[key];
  if (typeof value === 'string') return value;
  throw new GraphFailure({
    kind: 'unavailable',
    code: 'unreadable_answer',
    status: 200,
    requestId: null,
    effect: 'none',
  });
}
