import type { PolicyKind } from '@signalbox/domain/backup/policy';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { GraphClient } from './graph-client.ts';
import { policyEndpoints } from './policy-endpoints.ts';
import { textOf } from './read-pages.ts';

/** A policy to be made. */
export interface NewPolicy {
  readonly kind: PolicyKind;
  readonly payload: JsonObject;
  readonly scopeTags: readonly string[];
  readonly effectKey: string;
}

/**
 * Creates a policy, not yet assigned to anyone, and returns its new id. When the failure says `effect: 'unknown'`
 * the policy may exist: look for it by name before creating it again.
 * Least permission: DeviceManagementConfiguration.ReadWrite.All.
 */
export async function createPolicy(client: GraphClient, policy: NewPolicy): Promise<string> {
  const { path } = policyEndpoints[policy.kind];
  const body = await client.send({
    method: 'POST',
    version: 'beta',
    path,
    body: { ...policy.payload, roleScopeTagIds: policy.scopeTags },
    effectKey: policy.effectKey,
  });
  return textOf(body, 'id');
}
