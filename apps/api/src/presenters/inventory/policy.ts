import type { Policy } from '@signalbox/contracts/inventory/list-policies';
import { policyKindNames } from '@signalbox/contracts/operation/input-parts';
import type { listPolicies } from '@signalbox/db/queries/inventory/policies';
import { moment, optionalMoment } from '../time.ts';

/** A kind as the contract knows it. The capture keeps no other. */
export function policyKind(stored: string): Policy['kind'] {
  const kind = policyKindNames.find((each) => each === stored);
  if (kind === undefined) throw new Error('A stored policy is of a kind no contract knows.');
  return kind;
}

/** A policy as last seen at the provider. */
export function presentPolicy(row: Awaited<ReturnType<typeof listPolicies>>[number]): Policy {
  return {
    id: row.id,
    policyId: row.externalId,
    kind: policyKind(row.kind),
    name: row.name,
    versions: row.versions,
    lastSeenAt: moment(row.lastSeenAt),
    ...optionalMoment('removedAt', row.removedAt),
    ...optionalMoment('lastCapturedAt', row.lastCapturedAt),
  };
}
