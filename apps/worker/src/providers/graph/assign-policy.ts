import type { PolicyKind } from '@signalbox/domain/backup/policy';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { GraphClient } from './graph-client.ts';
import { policyPath } from './policy-endpoints.ts';

/** Who a policy is for, as a whole. */
export interface PolicyAssignment {
  readonly kind: PolicyKind;
  readonly id: string;
  readonly assignments: readonly JsonObject[];
  readonly effectKey: string;
}

/**
 * Sets the assignments of a policy. The provider *replaces* the whole set: what is not named is taken away, and an
 * empty list leaves the policy assigned to nobody. Sending it again leads to the same set.
 * Least permission: DeviceManagementConfiguration.ReadWrite.All.
 */
export async function assignPolicy(client: GraphClient, assignment: PolicyAssignment): Promise<void> {
  await client.send({
    method: 'POST',
    version: 'beta',
    path: `${policyPath(assignment.kind, assignment.id)}/assign`,
    body: { assignments: assignment.assignments },
    effectKey: assignment.effectKey,
  });
}
