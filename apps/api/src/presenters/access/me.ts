import type { Me } from '@signalbox/contracts/access/me';
import { capabilitiesHeld } from '@signalbox/domain/access/principal';
import type { Session } from '../../context.ts';

/** The caller, their workspaces, and what they may do in the selected one. */
export function presentMe({ user, memberships, principal }: Session, demo: boolean): Me {
  const { workspaceId, role } = principal;
  return {
    user: { id: user.userId, uid: user.uid, username: user.username, email: user.email },
    workspaces: memberships.map((each) => ({
      id: each.workspaceId,
      name: each.name,
      role: each.role,
      tier: each.tier,
    })),
    current: { workspaceId, role, capabilities: capabilitiesHeld(principal) },
    demo,
  };
}
