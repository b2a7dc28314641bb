import { findMissingGroups } from '../../providers/graph/find-missing-groups.ts';
import type { GraphClient } from '../../providers/graph/graph-client.ts';

/** Answers which groups a tenant does not have, asking about each at most once. */
export interface GroupLookup {
  missing(groupIds: readonly string[]): Promise<string[]>;
}

/** Makes a lookup for one attempt of one run; groups made meanwhile are seen by the next. */
export function createGroupLookup(client: GraphClient): GroupLookup {
  const known = new Map<string, Promise<boolean>>();
  const exists = (id: string): Promise<boolean> => {
    const asked = known.get(id);
    if (asked !== undefined) return asked;
    const asking = findMissingGroups(client, [id]).then((missing) => missing.length === 0);
    known.set(id, asking);
    // A question that could not be answered is asked again.
    asking.catch(() => known.delete(id));
    return asking;
  };
  return {
    async missing(groupIds) {
      const missing: string[] = [];
      for (const id of groupIds) if (!(await exists(id))) missing.push(id);
      return missing;
    },
  };
}
