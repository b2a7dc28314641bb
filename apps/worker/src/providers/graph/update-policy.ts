import type { PolicyKind } from '@signalbox/domain/backup/policy';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { GraphClient } from './graph-client.ts';
import { policyEndpoints, policyPath } from './policy-endpoints.ts';

/** What an existing policy should become; `payload` from `updatePayload`, so that nothing lingers. */
export interface PolicyUpdate {
  readonly kind: PolicyKind;
  readonly id: string;
  readonly payload: JsonObject;
  readonly scopeTags: readonly string[];
  readonly effectKey: string;
}

/**
 * Overwrites a policy. PATCH cannot reach navigation properties, so a settings catalogue policy is replaced by PUT,
 * and the actions of a compliance policy are set by a call of their own (effect key `<key>:actions`).
 * Sending the same update again leads to the same policy.
 * Least permission: DeviceManagementConfiguration.ReadWrite.All.
 */
export async function updatePolicy(client: GraphClient, update: PolicyUpdate): Promise<void> {
  const { kind, effectKey } = update;
  const path = policyPath(kind, update.id);
  const body: JsonObject = { ...update.payload, roleScopeTagIds: update.scopeTags };
  const write = { version: 'beta', path, effectKey } as const;
  if (kind === 'configurationPolicy') {
    await client.send({ ...write, method: 'PUT', body });
    return;
  }
  const { related } = policyEndpoints[kind];
  if (related === undefined) {
    await client.send({ ...write, method: 'PATCH', body });
    return;
  }
  const { [related]: actions, ...patch } = body;
  await client.send({ ...write, method: 'PATCH', body: patch });
  if (actions === undefined || actions === null) return;
  await client.send({
    ...write,
    method: 'POST',
    path: `${path}/scheduleActionsForRules`,
    body: { deviceComplianceScheduledActionForRules: actions },
    effectKey: `${effectKey}:actions`,
  });
}
