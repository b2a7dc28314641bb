import type { LiveFacts } from '@signalbox/domain/backup/compare-policy';
import { findPoliciesByName } from '../../providers/graph/find-policies-by-name.ts';
import type { GraphClient } from '../../providers/graph/graph-client.ts';
import { GraphFailure } from '../../providers/graph/graph-failure.ts';
import { type LivePolicy, readPolicy } from '../../providers/graph/read-policy.ts';
import type { StoredItem } from './stored-item.ts';

/** What the tenant holds in place of an item, with the ids of the live objects. */
export interface LiveObjects extends LiveFacts {
  readonly live: LivePolicy | null;
  readonly sameName: readonly LivePolicy[];
}

/** Reads the live object of an item, and those of its name when it is gone. Writes nothing. */
export async function readLiveObjects(client: GraphClient, item: StoredItem): Promise<LiveObjects> {
  try {
    return { live: await readPolicy(client, { kind: item.kind, id: item.externalId }), sameName: [] };
  } catch (error) {
    if (!(error instanceof GraphFailure) || error.kind !== 'not_found') throw error;
  }
  return { live: null, sameName: await findPoliciesByName(client, item) };
}
