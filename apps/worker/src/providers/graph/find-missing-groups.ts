import type { GraphClient } from './graph-client.ts';
import { GraphFailure } from './graph-failure.ts';

/** Which of the groups do not exist in the tenant. Least permission: GroupMember.Read.All. */
export async function findMissingGroups(client: GraphClient, groupIds: Iterable<string>): Promise<string[]> {
  const missing: string[] = [];
  for (const id of new Set(groupIds)) {
    const path = `/groups/${encodeURIComponent(id)}`;
    try {
      await client.send({ method: 'GET', version: 'v1.0', path, query: { $select: 'id' } });
    } catch (error) {
      if (!(error instanceof GraphFailure) || error.kind !== 'not_found') throw error;
      missing.push(id);
    }
  }
  return missing.sort();
}
