import type { RoleDefinition } from '@signalbox/contracts/inventory/list-role-definitions';
import type { listRoleDefinitions } from '@signalbox/db/queries/inventory/role-definitions';
import { moment, optionalMoment } from '../time.ts';

/** A role definition as last seen at the provider. */
export function presentRoleDefinition(
  row: Awaited<ReturnType<typeof listRoleDefinitions>>[number],
): RoleDefinition {
  const { id, externalId, source, name, description, builtIn, permissions } = row;
  return {
    id,
    roleDefinitionId: externalId,
    source,
    name,
    ...(description !== null && { description }),
    builtIn,
    permissions: [...permissions],
    lastSeenAt: moment(row.lastSeenAt),
    ...optionalMoment('removedAt', row.removedAt),
  };
}
