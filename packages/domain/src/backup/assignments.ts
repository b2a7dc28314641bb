import { canonicalJson, type Json, type JsonObject } from '../gate/canonical.ts';

/** Fields of a target that mean nothing while they have these values. */
const idleTargetValues: Readonly<Record<string, readonly Json[]>> = {
  deviceAndAppManagementAssignmentFilterId: [null, '', '00000000-0000-0000-0000-000000000000'],
  deviceAndAppManagementAssignmentFilterType: [null, 'none'],
};

/**
 * Assignments as a set of targets: ids and sources that the provider made are gone, the order is fixed,
 * equal ones are one.
 */
export function normaliseAssignments(assignments: readonly JsonObject[]): JsonObject[] {
  const byText = new Map<string, JsonObject>();
  for (const { target, intent } of assignments) {
    if (!isObject(target)) continue;
    const kept = Object.entries(target).filter(
      ([key, value]) => !(Object.hasOwn(idleTargetValues, key) && idleTargetValues[key]?.includes(value)),
    );
    const assignment: JsonObject = {
      target: Object.fromEntries(kept),
      ...(intent === undefined || intent === null || intent === 'apply' ? {} : { intent }),
    };
    byText.set(canonicalJson(assignment), assignment);
  }
  return [...byText].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, assignment]) => assignment);
}

/** The groups that assignments name, each once, sorted. */
export function assignmentGroups(assignments: readonly JsonObject[]): string[] {
  const ids = assignments.map(groupOf).filter((id) => id !== undefined);
  return [...new Set(ids)].sort();
}

/** From a captured group id to the one to use instead; null leaves the assignment out. */
export type GroupMapping = Readonly<Record<string, string | null>>;

/** Mapped assignments, and those left out on purpose. */
export interface MappedAssignments {
  readonly assignments: JsonObject[];
  /** Left out because their group maps to null. An exclusion among them widens who is reached. */
  readonly dropped: JsonObject[];
}

/** Replaces groups by their mapping; a group without one stays, targets without a group stay. */
export function mapAssignments(
  assignments: readonly JsonObject[],
  groupMapping: GroupMapping,
): MappedAssignments {
  const kept: JsonObject[] = [];
  const dropped: JsonObject[] = [];
  for (const assignment of assignments) {
    const group = groupOf(assignment);
    const mapped = group !== undefined && Object.hasOwn(groupMapping, group) ? groupMapping[group] : group;
    if (mapped === null) dropped.push(assignment);
    else if (mapped === undefined || mapped === group) kept.push(assignment);
    else kept.push({ ...assignment, target: { ...objectOf(assignment.target), groupId: mapped } });
  }
  return { assignments: normaliseAssignments(kept), dropped: normaliseAssignments(dropped) };
}

function groupOf(assignment: JsonObject): string | undefined {
  const { groupId } = objectOf(assignment.target);
  return typeof groupId === 'string' ? groupId : undefined;
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
