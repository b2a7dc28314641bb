import type { PolicyKind } from '@signalbox/domain/backup/policy';
import type { GraphClient } from './graph-client.ts';
import { policyEndpoints } from './policy-endpoints.ts';
import { readAll, textOf } from './read-pages.ts';
import { type LivePolicy, readPolicy } from './read-policy.ts';

/**
 * The live policies of a kind that carry a name, whole. Answers two questions: is the name of a vanished policy
 * taken, and did a creation whose answer was lost take effect. Names are not unique at the provider.
 * Least permission: DeviceManagementConfiguration.Read.All.
 */
export async function findPoliciesByName(
  client: GraphClient,
  policy: { readonly kind: PolicyKind; readonly name: string },
): Promise<LivePolicy[]> {
  const { path, listVersion: version, nameProperty } = policyEndpoints[policy.kind];
  const query = { $filter: `${nameProperty} eq '${policy.name.replaceAll("'", "''")}'`, $select: 'id' };
  const found = await readAll(client, { method: 'GET', version, path, query });
  const policies: LivePolicy[] = [];
  for (const entry of found)
    policies.push(await readPolicy(client, { kind: policy.kind, id: textOf(entry, 'id') }));
  return policies;
}
