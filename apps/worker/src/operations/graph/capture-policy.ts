import type { CapturedPolicy } from '@signalbox/db/commands/backup/capture-policies';
import type { PolicyKind } from '@signalbox/domain/backup/policy';
import type { GraphClient } from '../../providers/graph/graph-client.ts';
import { readPolicy } from '../../providers/graph/read-policy.ts';
import { policyHash } from './fingerprint.ts';

/**
 * Reads one policy with everything a restore needs, and its hash.
 * @throws GraphFailure `not_found` when it is gone
 */
export async function capturePolicy(
  client: GraphClient,
  policy: { readonly kind: PolicyKind; readonly id: string },
): Promise<CapturedPolicy> {
  const live = await readPolicy(client, policy);
  const { kind, name, payload, assignments, scopeTags } = live;
  return { externalId: policy.id, kind, name, payload, assignments, scopeTags, hash: policyHash(live) };
}
