import { type Capability, type Role, roleHolds, roles } from '@signalbox/domain/access/capabilities';
import type { Principal } from '@signalbox/domain/access/principal';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { listMembers } from '../access/members.ts';

/** Members that are looked at for each role. */
const looked = 50;

/** Usernames of some members who hold a capability and see a tenant, the least role first. */
export async function menders(
  tx: WorkspaceTransaction,
  principal: Principal,
  ask: { readonly capability: Capability; readonly tenantId: number | null; readonly most: number },
): Promise<string[]> {
  const { capability, tenantId, most } = ask;
  const names: string[] = [];
  for (const role of rolesHolding(capability)) {
    const members = await listMembers(tx, principal, { role, emails: false, after: null, limit: looked });
    for (const { username, tenants } of members) {
      if (tenants === 'all' || tenantId === null || tenants.some(({ id }) => id === tenantId))
        names.push(username);
    }
    if (names.length >= most) break;
  }
  return names.slice(0, most);
}

/** The roles that hold a capability, the least first. */
export function rolesHolding(capability: Capability): Role[] {
  return roles.filter((role) => roleHolds(role, capability));
}
