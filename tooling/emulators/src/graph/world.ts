import type { JsonObject } from '../http/json.ts';
import type { GraphPermission } from './permissions.ts';

/** The three families of Intune policies, by the path segment Graph uses. */
export const policySegments = [
  'deviceConfigurations',
  'deviceCompliancePolicies',
  'configurationPolicies',
] as const;
export type PolicySegment = (typeof policySegments)[number];

/** True when a text is one of the policy path segments. */
export function isPolicySegment(text: string): text is PolicySegment {
  return (policySegments as readonly string[]).includes(text);
}

/** One listed object; `seq` is its place in every listing and never changes. */
export interface Stored {
  seq: number;
  body: JsonObject & { id: string };
}

/** A policy with what Graph keeps behind navigation properties (returned only on $expand or its own path). */
export interface StoredPolicy extends Stored {
  assignments: JsonObject[];
  /** `settings` of a configuration policy, `scheduledActionsForRule` of a compliance policy. */
  related: JsonObject[];
}

/** An application as registered for a tenant. */
export interface AppRegistration {
  appId: string;
  displayName: string;
  servicePrincipalId: string;
  secret: string;
  /** ISO time after which the token endpoint answers AADSTS7000222, or null. */
  secretExpiresAt: string | null;
  requested: GraphPermission[];
  granted: GraphPermission[];
}

/** One change of a group, what /groups/delta reads. */
export interface GroupChange {
  seq: number;
  id: string;
  removed: boolean;
  /** Properties that changed; absent when the group is new. */
  properties?: string[];
}

/** Everything one emulated tenant holds. What is readonly never changes; role definitions change in memory only. */
export interface TenantWorld {
  alias: string;
  id: string;
  domain: string;
  displayName: string;
  consent: boolean;
  /** What an administrator does on the consent page. */
  consentAnswer: 'grant' | 'deny';
  app: AppRegistration;
  policies: Record<PolicySegment, Map<string, StoredPolicy>>;
  groups: Map<string, Stored>;
  nextSeq: number;
  groupChanges: GroupChange[];
  /** Delta tokens made before this change number are expired. */
  deltaFloor: number;
  readonly devices: Stored[];
  directoryRoles: Stored[];
  intuneRoles: Stored[];
  readonly scopeTags: Stored[];
  readonly graphServicePrincipalId: string;
}

/** All tenants by alias. */
export type World = Map<string, TenantWorld>;

/** Finds a tenant by alias, id or domain, as the real endpoints accept id and domain. */
export function findTenant(world: World, name: string): TenantWorld | undefined {
  const wanted = name.toLowerCase();
  for (const tenant of world.values()) {
    if (tenant.alias === wanted || tenant.id === wanted || tenant.domain === wanted) return tenant;
  }
  return undefined;
}
