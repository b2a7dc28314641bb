import { type Capability, type Role, roleHolds } from './capabilities.ts';

/** Who asks, in which workspace, and which tenants they may see there. */
export interface Principal {
  readonly workspaceId: string;
  readonly userId: number;
  readonly username: string;
  readonly role: Role;
  /** Tenants the member is entitled to; `all` for every tenant of the workspace. */
  readonly tenants: 'all' | readonly number[];
}

export function holds(principal: Principal, capability: Capability): boolean {
  return roleHolds(principal.role, capability);
}

export function entitled(principal: Principal, tenantId: number | null): boolean {
  return tenantId === null || principal.tenants === 'all' || principal.tenants.includes(tenantId);
}
