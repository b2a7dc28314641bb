import type { Json, JsonObject } from '../gate/canonical.ts';
import { normaliseAssignments } from './assignments.ts';
import { differences } from './differences.ts';
import type { PolicyImage } from './policy.ts';

/** Why an item cannot be restored safely. */
export type ConflictReason =
  /** The object of this id is now of another type. */
  | 'type_changed'
  /** It now follows another template or platform, which cannot be changed in place. */
  | 'template_changed'
  /** The captured object is gone, and a different one has taken its name. */
  | 'name_taken';

/** What a restore of one item would do. `changed` holds JSON pointers into payload, `/assignments`, `/scopeTags`. */
export type PolicyVerdict =
  | { readonly change: 'create'; readonly changed: readonly string[] }
  | { readonly change: 'update'; readonly changed: readonly string[] }
  | { readonly change: 'skip'; readonly changed: readonly string[] }
  | { readonly change: 'conflict'; readonly reason: ConflictReason; readonly changed: readonly string[] };

/** What the tenant holds now. */
export interface LiveFacts {
  /** The live object with the captured id, or null. */
  readonly live: PolicyImage | null;
  /** Live objects of the same kind and name under other ids; only asked about when `live` is null. */
  readonly sameName: readonly PolicyImage[];
}

/**
 * Compares a captured item (its assignments already mapped) with the tenant.
 *
 * - The object is there: `skip` when nothing differs, `update` when something does. That it was changed since
 *   the capture is no conflict: undoing such a change is what a restore is for, and a change between preview
 *   and execution is caught by the preview's fingerprint. It is a `conflict` when an update could not turn it
 *   into the captured object, because its type, template or platform is another one.
 * - The object is gone: `create`; or `skip` when an equal one stands under another id (an earlier restore made
 *   it); or `conflict` when a different one has its name, since two policies of one name confuse everyone and
 *   overwriting the newcomer would destroy something never captured.
 */
export function comparePolicy(item: PolicyImage, facts: LiveFacts): PolicyVerdict {
  const { live, sameName } = facts;
  if (live !== null) {
    const changed = policyDifferences(item, live);
    const reason = immovable(item.payload, live.payload);
    if (reason !== undefined) return { change: 'conflict', reason, changed };
    return { change: changed.length === 0 ? 'skip' : 'update', changed };
  }
  if (sameName.length === 0) return { change: 'create', changed: [] };
  const candidates = sameName.map((other) => policyDifferences(item, other));
  if (candidates.some((changed) => changed.length === 0)) return { change: 'skip', changed: [] };
  return { change: 'conflict', reason: 'name_taken', changed: candidates[0] ?? [] };
}

/** Where an item and a live object differ. */
export function policyDifferences(item: PolicyImage, live: PolicyImage): string[] {
  const lists = [
    ...(sameSet(item.scopeTags, live.scopeTags) ? [] : ['/scopeTags']),
    ...(differences(normaliseAssignments(item.assignments), normaliseAssignments(live.assignments)).length > 0
      ? ['/assignments']
      : []),
  ];
  return [...differences(item.payload, live.payload), ...lists].sort();
}

/**
 * The payload that turns the live object into the captured one: everything captured, and null for what only the
 * live object has, since an update leaves out what it does not name.
 */
export function updatePayload(item: PolicyImage, live: PolicyImage): JsonObject {
  const surplus = Object.keys(live.payload).filter((key) => !Object.hasOwn(item.payload, key));
  return { ...Object.fromEntries(surplus.map((key): [string, Json] => [key, null])), ...item.payload };
}

function immovable(captured: JsonObject, live: JsonObject): ConflictReason | undefined {
  if (differences(captured['@odata.type'], live['@odata.type']).length > 0) return 'type_changed';
  const fixed = (payload: JsonObject): Json => [payload.templateReference ?? null, payload.platforms ?? null];
  return differences(fixed(captured), fixed(live)).length > 0 ? 'template_changed' : undefined;
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  const [one, other] = [new Set(left), new Set(right)];
  return one.size === other.size && [...one].every((entry) => other.has(entry));
}
