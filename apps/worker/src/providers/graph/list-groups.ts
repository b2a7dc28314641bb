import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { GraphCall, GraphClient } from './graph-client.ts';
import { GraphFailure } from './graph-failure.ts';
import { idOf, readPage } from './read-page.ts';

/** What is read of a group: what it is called and of which kind, never who belongs to it. */
const select =
  'id,displayName,description,mail,mailEnabled,mailNickname,securityEnabled,groupTypes,membershipRule,onPremisesSyncEnabled,createdDateTime';

/** Facts that have no column of their own. */
const detailNames = select.split(',').slice(3);

/** All groups. Least permission: GroupMember.Read.All. The service takes at most 999 on a page. */
export const allGroups: GraphCall = {
  method: 'GET',
  version: 'v1.0',
  path: '/groups',
  query: { $top: '999', $select: select },
};

/** A group as a page showed it; a page of changes may leave out what did not change. */
export interface ListedGroup {
  readonly externalId: string;
  readonly name: string | null;
  readonly described: boolean;
  readonly description: string | null;
  readonly details: JsonObject;
  /** The provider says that it is gone. */
  readonly removed: boolean;
}

/** @throws GraphFailure when the entry is no group */
export function readGroup(entry: JsonObject): ListedGroup {
  const { displayName, description } = entry;
  const details = detailNames.flatMap((name) => {
    const value = entry[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    externalId: idOf(entry),
    name: typeof displayName === 'string' ? displayName : null,
    described: description !== undefined,
    description: typeof description === 'string' ? description : null,
    details: Object.fromEntries(details),
    removed: entry['@removed'] !== undefined,
  };
}

/**
 * A link from which changes can be read that are made from now on; null where the service gives none. It is asked for
 * before all groups are read and not after: what changes during the walk is told again later, and nothing is missed.
 */
export async function changesFromNow(client: GraphClient): Promise<string | null> {
  const query = { $select: select, $deltatoken: 'latest' };
  let place: GraphCall | string = { method: 'GET', version: 'v1.0', path: '/groups/delta', query };
  for (;;) {
    const page = await readPage(client, place);
    if (page.next === null) return page.delta;
    place = page.next;
  }
}

/** How many groups there are, about; null where the service does not tell. Only the progress shown depends on it. */
export async function countGroups(client: GraphClient): Promise<number | null> {
  const query = { $top: '1', $select: 'id', $count: 'true' };
  const headers = { consistencylevel: 'eventual' };
  try {
    return (await readPage(client, { method: 'GET', version: 'v1.0', path: '/groups', query, headers }))
      .count;
  } catch (error) {
    if (error instanceof GraphFailure && (error.kind === 'invalid' || error.kind === 'not_found'))
      return null;
    throw error;
  }
}
