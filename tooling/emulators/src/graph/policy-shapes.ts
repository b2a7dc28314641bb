import { copyJson, isJsonObject, type Json, type JsonObject } from '../http/json.ts';
import type { PolicySegment, StoredPolicy } from './world.ts';

/** What differs between the policy families. */
export interface PolicyShape {
  nameProperty: 'displayName' | 'name';
  /** The navigation property with the parts Graph hides behind $expand. */
  related: 'settings' | 'scheduledActionsForRule' | undefined;
  /** Properties a new policy must carry. */
  required: readonly string[];
  /** Properties an update may not change. */
  fixed: readonly string[];
  versions: readonly ('v1.0' | 'beta')[];
}

/** One shape per family. Configuration policies (the settings catalogue) exist in beta only. */
export const policyShapes: Record<PolicySegment, PolicyShape> = {
  deviceConfigurations: {
    nameProperty: 'displayName',
    related: undefined,
    required: ['@odata.type', 'displayName'],
    fixed: ['@odata.type'],
    versions: ['v1.0', 'beta'],
  },
  deviceCompliancePolicies: {
    nameProperty: 'displayName',
    related: 'scheduledActionsForRule',
    required: ['@odata.type', 'displayName', 'scheduledActionsForRule'],
    fixed: ['@odata.type'],
    versions: ['v1.0', 'beta'],
  },
  configurationPolicies: {
    nameProperty: 'name',
    related: 'settings',
    required: ['name', 'platforms', 'technologies', 'settings'],
    fixed: ['platforms', 'templateReference'],
    versions: ['beta'],
  },
};

const readOnly = new Set([
  'id',
  'createdDateTime',
  'lastModifiedDateTime',
  'version',
  'settingCount',
  'isAssigned',
  'supportsScopeTags',
  'creationSource',
  'assignments',
  'settings',
  'scheduledActionsForRule',
]);

/** What of a request body is stored on the policy itself: read-only and navigation parts are not. */
export function ownProperties(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body)
      .filter(([key]) => !readOnly.has(key) && !(key.includes('@odata.') && key !== '@odata.type'))
      .map(([key, value]) => [key, copyJson(value)]),
  );
}

/** The objects of a list property; undefined when it is absent or not a list of objects. */
export function objectList(value: Json | undefined): JsonObject[] | undefined {
  return Array.isArray(value) && value.every(isJsonObject) ? value.map((item) => copyJson(item)) : undefined;
}

/** A policy as one version of the API shows it: v1.0 has no scope tags; hidden parts need $expand. */
export function showPolicy(
  policy: StoredPolicy,
  view: { segment: PolicySegment; version: 'v1.0' | 'beta'; expand: string },
): JsonObject {
  const shown: JsonObject = copyJson(policy.body);
  const { related } = policyShapes[view.segment];
  if (view.version === 'v1.0') delete shown.roleScopeTagIds;
  else if (view.segment === 'deviceConfigurations') shown.supportsScopeTags = true;
  if (related !== undefined && view.expand.includes(related)) shown[related] = copyJson(policy.related);
  if (view.expand.includes('assignments')) shown.assignments = copyJson(policy.assignments);
  return shown;
}
