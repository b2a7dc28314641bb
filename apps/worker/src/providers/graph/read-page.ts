import type { Json, JsonObject } from '@signalbox/domain/gate/canonical';
import type { GraphCall, GraphClient } from './graph-client.ts';
import { GraphFailure } from './graph-failure.ts';
import { objectsOf, textOf } from './read-pages.ts';

/** One page of a listing. */
export interface GraphPage {
  readonly entries: readonly JsonObject[];
  /** Where the listing goes on; null on its last page. */
  readonly next: string | null;
  /** On the last page of a listing of changes: where the next one begins. */
  readonly delta: string | null;
  /** How many there are in all, where that was asked for. */
  readonly count: number | null;
}

/**
 * Reads one page, by a call or by the link that the page before gave. Takes nothing for granted: an answer that is no
 * page would otherwise look like the end of an empty listing, and everything known would seem to be gone.
 * @throws GraphFailure `unreadable_answer` when the answer is no page
 */
export async function readPage(client: GraphClient, from: GraphCall | string): Promise<GraphPage> {
  const body = typeof from === 'string' ? await client.follow(from) : await client.send(from);
  const next = linkOf(body['@odata.nextLink']);
  // A listing that leads to where it stands would never end.
  if (next !== null && next === from) throw unreadable();
  const count = body['@odata.count'];
  return {
    entries: entriesOf(body.value),
    next,
    delta: linkOf(body['@odata.deltaLink']),
    count: typeof count === 'number' ? count : null,
  };
}

/**
 * Whether a link that was followed is no longer good: it came too late, the service has lost it, or calls wrong what it
 * gave itself. Nothing but the link was sent, so the listing can only start anew.
 */
export function isExpiredLink({ status, kind, code }: GraphFailure): boolean {
  return status === 410 || kind === 'invalid' || goneCodes.has(code.toLowerCase());
}

const goneCodes = new Set(['syncstatenotfound', 'resyncrequired', 'directory_expiredpagetoken']);

/** The provider's id of an entry. An entry without one is no entry. */
export function idOf(entry: JsonObject): string {
  const id = textOf(entry, 'id');
  if (id === '' || id.length > 500) throw unreadable();
  return id;
}

/** A text of an entry, or null where there is none. */
export function optionalText(entry: JsonObject, key: string): string | null {
  const value = entry[key];
  return typeof value === 'string' ? value : null;
}

/** An answer of the service that is not what it has to be. */
export function unreadable(): GraphFailure {
  const facts = { status: 200, requestId: null, effect: 'none' } as const;
  return new GraphFailure({ ...facts, kind: 'unavailable', code: 'unreadable_answer' });
}

function entriesOf(value: Json | undefined): JsonObject[] {
  if (!Array.isArray(value)) throw unreadable();
  const objects = objectsOf(value);
  if (objects.length < value.length) throw unreadable();
  return objects;
}

function linkOf(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || !URL.canParse(value)) throw unreadable();
  return value;
}
