import { type PolicyImage, type PolicyKind, policyKinds } from '@signalbox/domain/backup/policy';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { policyEndpoints } from '../../providers/graph/policy-endpoints.ts';

/** A backup item with its content: what a preview compares and a restore writes. */
export interface StoredItem extends PolicyImage {
  readonly itemId: number;
  /** The provider's id of the policy it was captured from. */
  readonly externalId: string;
}

/** An item as the database keeps it. */
export interface StoredRow {
  readonly itemId: number;
  readonly externalId: string;
  readonly kind: string;
  readonly name: string;
  readonly payload: unknown;
  readonly assignments: unknown;
  readonly scopeTags: unknown;
}

/**
 * Takes a row as what the capture wrote into it. The name is the captured one: the policy's own row carries
 * the newest name, which may be another by now.
 */
export function toStoredItem(row: StoredRow): StoredItem {
  const kind = kindOf(row.kind);
  const payload = row.payload as JsonObject;
  const name = payload[policyEndpoints[kind].nameProperty];
  return {
    itemId: row.itemId,
    externalId: row.externalId,
    kind,
    name: typeof name === 'string' ? name : row.name,
    payload,
    assignments: row.assignments as JsonObject[],
    scopeTags: row.scopeTags as string[],
  };
}

function kindOf(text: string): PolicyKind {
  const kind = policyKinds.find((known) => known === text);
  if (kind === undefined) throw new Error(`A backup item is of the unknown kind ${text}.`);
  return kind;
}
