import { capabilitiesOf, type Role } from './capabilities.ts';
import { entitled, holds, type Principal } from './principal.ts';

/** The tenants a member sees: all there are and will be, or a list. */
export type Entitlement = 'all' | readonly number[];

/** A member whose place is to be changed, and what is known of the others. */
export interface MemberFacts {
  readonly role: Role;
  readonly tenants: Entitlement;
  /** Owners besides this member. */
  readonly otherOwners: number;
}

/** What is asked for; what is left out stays. */
export interface MemberChange {
  readonly role?: Role | undefined;
  readonly tenants?: Entitlement | undefined;
}

/** Why a member is not changed or removed. */
export type MemberRefusal = 'above_caller' | 'last_owner' | 'owner_sees_all';

export type MemberDecision =
  | { readonly ok: true; readonly role: Role; readonly tenants: Entitlement; readonly changed: boolean }
  | { readonly ok: false; readonly refusal: MemberRefusal };

/**
 * Whether the caller may give somebody this place: nobody gives out a capability they do not hold, nor a tenant they
 * do not see. An API key is held to what it was given, a person to their role.
 */
export function mayGive(
  principal: Principal,
  place: { readonly role: Role; readonly tenants: Entitlement },
): boolean {
  const { tenants } = place;
  const holdsRole = capabilitiesOf(place.role).every((capability) => holds(principal, capability));
  const seesTenants =
    tenants === 'all' ? principal.tenants === 'all' : tenants.every((id) => entitled(principal, id));
  return holdsRole && seesTenants;
}

/** Owners see every tenant: who may change everybody's entitlement has none of their own that means anything. */
export function placeAllowed(role: Role, tenants: Entitlement): boolean {
  return role !== 'owner' || tenants === 'all';
}

/**
 * What a change of a member comes to. Becoming an owner brings all tenants along; ceasing to be one keeps them unless
 * a list is given.
 */
export function decideMemberChange(
  principal: Principal,
  member: MemberFacts,
  change: MemberChange,
): MemberDecision {
  const role = change.role ?? member.role;
  const tenants = change.tenants ?? (role === 'owner' ? 'all' : member.tenants);
  if (!mayGive(principal, member) || !mayGive(principal, { role, tenants })) {
    return { ok: false, refusal: 'above_caller' };
  }
  if (!placeAllowed(role, tenants)) return { ok: false, refusal: 'owner_sees_all' };
  if (member.role === 'owner' && role !== 'owner' && member.otherOwners === 0) {
    return { ok: false, refusal: 'last_owner' };
  }
  return { ok: true, role, tenants, changed: role !== member.role || !same(tenants, member.tenants) };
}

/** Why a member cannot be removed; null when they can. A workspace always keeps an owner. */
export function decideRemoval(principal: Principal, member: MemberFacts): MemberRefusal | null {
  if (!mayGive(principal, member)) return 'above_caller';
  return member.role === 'owner' && member.otherOwners === 0 ? 'last_owner' : null;
}

function same(one: Entitlement, other: Entitlement): boolean {
  if (one === 'all' || other === 'all') return one === other;
  return one.length === other.length && one.every((id) => other.includes(id));
}
