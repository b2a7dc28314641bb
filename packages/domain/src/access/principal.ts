import { type Capability, capabilities, type Role, roleHolds } from './capabilities.ts';

/** The API key a call came with: a credential of the workspace, narrowed to some capabilities. */
export interface KeyFacts {
  /** The public part of the key. */
  readonly id: string;
  readonly name: string;
  readonly capabilities: readonly Capability[];
}

/** Who asks, in which workspace, and which tenants they may see there. */
export interface Principal {
  readonly workspaceId: string;
  /** The person who asks, or for whom an API key asks; null for a key that speaks for itself. */
  readonly userId: number | null;
  /** The person's username; the name of the key where there is no person. */
  readonly username: string;
  /** The person's role; without a person the key's capabilities alone decide. */
  readonly role: Role;
  /** Tenants the caller is entitled to; `all` for every tenant of the workspace. */
  readonly tenants: 'all' | readonly number[];
  /** Set when the call came with an API key. */
  readonly key?: KeyFacts;
}

/** A caller who is a person, by a session of their own: what is personal needs one. */
export type Person = Principal & { readonly userId: number };

/** Whether the caller is a person themselves, and not a key, even one that acts for a person. */
export function isPerson(principal: Principal): principal is Person {
  return principal.key === undefined && principal.userId !== null;
}

/** A key never does more than it was given, and for a person never more than that person may do. */
export function holds(principal: Principal, capability: Capability): boolean {
  const { key, userId, role } = principal;
  if (key === undefined) return roleHolds(role, capability);
  return key.capabilities.includes(capability) && (userId === null || roleHolds(role, capability));
}

/** Everything the caller may do, in catalogue order. */
export function capabilitiesHeld(principal: Principal): Capability[] {
  return capabilities.filter((capability) => holds(principal, capability));
}

export function entitled(principal: Principal, tenantId: number | null): boolean {
  return tenantId === null || principal.tenants === 'all' || principal.tenants.includes(tenantId);
}

/** How an audit entry names somebody. */
export interface Actor {
  readonly kind: 'user' | 'api_key' | 'worker' | 'system';
  readonly name: string;
  /** The person a key acted for. */
  readonly onBehalfOf?: string;
}

/** Whom an audit entry names for a deed of this caller: the key and the person it acted for, when there are both. */
export function actorOf({ key, userId, username }: Principal): Actor {
  if (key === undefined) return { kind: 'user', name: username };
  const actor = { kind: 'api_key', name: key.name } as const;
  return userId === null ? actor : { ...actor, onBehalfOf: username };
}

/** Whose Idempotency-Keys a caller shares: a person's own, or those of a key and the person it acts for. */
export function callerName({ key, userId }: Principal): string {
  return key === undefined ? `user:${userId}` : `key:${key.id}:${userId ?? ''}`;
}
