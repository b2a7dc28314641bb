import { randomUUID } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../http/json.ts';
import { objectList, ownProperties, policyShapes } from './policy-shapes.ts';
import { assignmentId } from './seed/build-policies.ts';
import type { PolicySegment, StoredPolicy, TenantWorld } from './world.ts';

/** Creates a policy from a POST body; a text says what is wrong with it. */
export function createPolicy(
  tenant: TenantWorld,
  segment: PolicySegment,
  body: JsonObject,
): StoredPolicy | string {
  const shape = policyShapes[segment];
  const missing = shape.required.find((name) => body[name] === undefined || body[name] === '');
  if (missing !== undefined) return `Required property '${missing}' is missing.`;
  const related = shape.related === undefined ? [] : objectList(body[shape.related]);
  if (related === undefined) return `Property '${shape.related ?? ''}' must be a collection of objects.`;
  const now = new Date().toISOString();
  const id = randomUUID();
  tenant.nextSeq += 1;
  const policy: StoredPolicy = {
    seq: tenant.nextSeq,
    related,
    assignments: [],
    body: {
      roleScopeTagIds: ['0'],
      ...ownProperties(body),
      id,
      createdDateTime: now,
      lastModifiedDateTime: now,
      ...(segment === 'configurationPolicies'
        ? { settingCount: related.length, isAssigned: false }
        : { version: 1 }),
    },
  };
  tenant.policies[segment].set(id, policy);
  return policy;
}

/** PATCH: merges the given properties; type, template and navigation properties may not change. */
export function patchPolicy(
  policy: StoredPolicy,
  segment: PolicySegment,
  body: JsonObject,
): string | undefined {
  const { fixed, related } = policyShapes[segment];
  if (related !== undefined && body[related] !== undefined) {
    return `Cannot apply PATCH to navigation property '${related}'.`;
  }
  const changed = fixed.find((name) => body[name] !== undefined && !sameJson(body[name], policy.body[name]));
  if (changed !== undefined) return `Property '${changed}' cannot be changed.`;
  Object.assign(policy.body, ownProperties(body));
  touch(policy);
  return undefined;
}

/** PUT of a configuration policy: replaces properties and settings as a whole. */
export function replacePolicy(
  policy: StoredPolicy,
  segment: PolicySegment,
  body: JsonObject,
): string | undefined {
  const { required, fixed, related } = policyShapes[segment];
  const missing = required.find((name) => body[name] === undefined || body[name] === '');
  if (missing !== undefined) return `Required property '${missing}' is missing.`;
  const changed = fixed.find((name) => body[name] !== undefined && !sameJson(body[name], policy.body[name]));
  if (changed !== undefined) return `Property '${changed}' cannot be changed.`;
  const list = related === undefined ? [] : objectList(body[related]);
  if (list === undefined) return `Property '${related ?? ''}' must be a collection of objects.`;
  Object.assign(policy.body, ownProperties(body), { settingCount: list.length });
  policy.related = list;
  touch(policy);
  return undefined;
}

/** `scheduleActionsForRules` of a compliance policy: replaces what happens to devices that do not comply. */
export function scheduleActions(policy: StoredPolicy, body: JsonObject): string | undefined {
  const rules = objectList(body.deviceComplianceScheduledActionForRules);
  if (rules === undefined) return "Property 'deviceComplianceScheduledActionForRules' is missing.";
  policy.related = rules;
  touch(policy);
  return undefined;
}

/** `assign`: the given targets become the whole set; everything not named is no longer assigned. */
export function assignPolicy(
  tenant: TenantWorld,
  policy: StoredPolicy,
  body: JsonObject,
): string | undefined {
  const wanted = objectList(body.assignments);
  if (wanted === undefined) return "Property 'assignments' must be a collection.";
  const assignments: JsonObject[] = [];
  for (const entry of wanted) {
    const { target } = entry;
    if (!isJsonObject(target) || typeof target['@odata.type'] !== 'string')
      return 'An assignment has no target.';
    const { groupId } = target;
    const wantsGroup = /\.(group|exclusionGroup)AssignmentTarget$/.test(target['@odata.type']);
    if (wantsGroup && (typeof groupId !== 'string' || !tenant.groups.has(groupId))) {
      return 'An assignment names a group that does not exist.';
    }
    assignments.push({ id: assignmentId(policy.body.id, target), target });
  }
  policy.assignments = assignments;
  if ('isAssigned' in policy.body) policy.body.isAssigned = assignments.length > 0;
  policy.body.lastModifiedDateTime = new Date().toISOString();
  return undefined;
}

function touch(policy: StoredPolicy): void {
  policy.body.lastModifiedDateTime = new Date().toISOString();
  if (typeof policy.body.version === 'number') policy.body.version += 1;
}

/** Equality of JSON values regardless of the order of keys. */
function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (isJsonObject(left) && isJsonObject(right)) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...keys].every((key) => sameJson(left[key], right[key]));
  }
  return JSON.stringify(left) === JSON.stringify(right);
}
