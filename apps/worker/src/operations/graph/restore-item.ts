import { assignmentGroups, type GroupMapping, mapAssignments } from '@signalbox/domain/backup/assignments';
import {
  type ConflictReason,
  comparePolicy,
  type PolicyVerdict,
  policyDifferences,
  updatePayload,
} from '@signalbox/domain/backup/compare-policy';
import type { Json } from '@signalbox/domain/gate/canonical';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import { assignPolicy } from '../../providers/graph/assign-policy.ts';
import { createPolicy } from '../../providers/graph/create-policy.ts';
import type { GraphClient } from '../../providers/graph/graph-client.ts';
import { updatePolicy } from '../../providers/graph/update-policy.ts';
import { liveFingerprint } from './fingerprint.ts';
import type { GroupLookup } from './group-lookup.ts';
import { type LiveObjects, readLiveObjects } from './live-facts.ts';
import type { StoredItem } from './stored-item.ts';

/** One item to be written back. */
export interface RestoreOrder {
  readonly item: StoredItem;
  readonly groupMapping: GroupMapping;
  /** The live fingerprint that the preview kept. */
  readonly previewed: string;
  /** A retry: the item is compared anew, whatever the preview saw. */
  readonly anew: boolean;
  /** An earlier attempt of the same run may have begun to write this item. */
  readonly resumed: boolean;
  /** The stable key of the effect; its calls add `:create`, `:update` and `:assign`. */
  readonly effectKey: string;
}

/** What became of the item. */
export type RestoreResult =
  | { readonly outcome: 'succeeded' | 'skipped'; readonly detail: Json }
  | { readonly outcome: 'failed'; readonly error: SafeError };

/**
 * Writes one item back, when that can be done safely.
 *
 * The live object is read once more right before the write. When it is no longer what the preview saw, somebody
 * else changed it and the item fails, unless this very item may have been begun before: then it is compared
 * anew. Updating and assigning again lead to the same object. Creating does not, so what an earlier attempt
 * created is found by its name and content and only completed.
 * @throws GraphFailure when a call failed; a later attempt with `resumed` goes on from there
 */
export async function restoreItem(
  client: GraphClient,
  groups: GroupLookup,
  order: RestoreOrder,
): Promise<RestoreResult> {
  const { item, previewed } = order;
  const facts = await readLiveObjects(client, item);
  const changedSince = liveFingerprint(facts) !== previewed;
  if (changedSince && !order.anew && !order.resumed) {
    return conflict('changed_since_preview', 'The live object was changed after the preview.');
  }
  const { assignments, dropped } = mapAssignments(item.assignments, order.groupMapping);
  const wanted: StoredItem = { ...item, assignments };
  const begun = order.resumed || order.anew ? findBegun(wanted, facts) : undefined;
  const verdict: PolicyVerdict =
    begun === undefined ? comparePolicy(wanted, facts) : { change: 'create', changed: [] };
  if (verdict.change === 'conflict') return conflict(verdict.reason, conflictTexts[verdict.reason]);
  if (verdict.change === 'skip') return alreadyThere({ mine: order.resumed && changedSince, previewed });

  const assigns =
    verdict.change === 'create' ? assignments.length > 0 : verdict.changed.includes('/assignments');
  const missing = assigns ? await groups.missing(assignmentGroups(assignments)) : [];
  if (missing.length > 0) {
    const message = 'The tenant does not have a group that the policy is assigned to; map it to another one.';
    return conflict('group_missing', message, { groups: missing.join(', ') });
  }
  const id = await writePolicy(client, order, { wanted, facts, verdict, begun });
  if (assigns) await assignPolicy(client, { ...wanted, id, effectKey: `${order.effectKey}:assign` });
  const detail = {
    action: verdict.change,
    changed: verdict.changed,
    ...(verdict.change === 'create' && { createdId: id }),
    ...(dropped.length > 0 && { droppedAssignments: dropped.length }),
  };
  return { outcome: 'succeeded', detail };
}

/**
 * What an earlier attempt created and did not get to assign: it has the name and the content, and nobody is
 * assigned. Someone else's policy with the very same content would serve as well.
 */
function findBegun(wanted: StoredItem, facts: LiveObjects): string | undefined {
  if (facts.live !== null) return undefined;
  const unassigned: StoredItem = { ...wanted, assignments: [] };
  return facts.sameName.find(
    (other) => other.assignments.length === 0 && policyDifferences(unassigned, other).length === 0,
  )?.id;
}

interface Write {
  readonly wanted: StoredItem;
  readonly facts: LiveObjects;
  readonly verdict: PolicyVerdict;
  readonly begun: string | undefined;
}

/** Creates or updates, and answers the id of the live object. */
async function writePolicy(client: GraphClient, order: RestoreOrder, write: Write): Promise<string> {
  const { wanted, facts, verdict } = write;
  const { effectKey } = order;
  if (write.begun !== undefined) return write.begun;
  if (facts.live === null) return createPolicy(client, { ...wanted, effectKey: `${effectKey}:create` });
  const { id } = facts.live;
  if (verdict.changed.some((path) => path !== '/assignments')) {
    const payload = updatePayload(wanted, facts.live);
    await updatePolicy(client, { ...wanted, id, payload, effectKey: `${effectKey}:update` });
  }
  return id;
}

/** The object is as captured: by our own hand when it changed under an attempt that was cut off, else beforehand. */
function alreadyThere(so: { readonly mine: boolean; readonly previewed: string }): RestoreResult {
  if (!so.mine) return { outcome: 'skipped', detail: { action: 'skip' } };
  return {
    outcome: 'succeeded',
    detail: { action: so.previewed.startsWith('absent') ? 'create' : 'update', resumed: true },
  };
}

const conflictTexts: Readonly<Record<ConflictReason, string>> = {
  type_changed: 'The object of this id is now of another type.',
  template_changed: 'The object now follows another template or platform, which cannot be changed in place.',
  name_taken: 'The captured object is gone, and a different one has taken its name.',
};

function conflict(
  reason: string,
  message: string,
  context: Readonly<Record<string, string>> = {},
): RestoreResult {
  return { outcome: 'failed', error: { code: 'conflict', message, context: { reason, ...context } } };
}
