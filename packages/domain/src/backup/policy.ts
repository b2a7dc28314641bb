import { canonicalJson, type JsonObject } from '../gate/canonical.ts';
import { normaliseAssignments } from './assignments.ts';

/** The kinds of policy that are captured and restored. */
export const policyKinds = ['deviceConfiguration', 'deviceCompliancePolicy', 'configurationPolicy'] as const;
export type PolicyKind = (typeof policyKinds)[number];

/** A policy without what its provider made up: what is kept, hashed, compared and written back. */
export interface PolicyImage {
  readonly kind: PolicyKind;
  readonly name: string;
  /** Normalised: see `normalisePolicy`. */
  readonly payload: JsonObject;
  /** Normalised: see `normaliseAssignments`. */
  readonly assignments: readonly JsonObject[];
  /** Role scope tag ids, sorted. */
  readonly scopeTags: readonly string[];
}

/** The text whose SHA-256 tells whether two captures are the same; the order of keys and sets does not matter. */
export function policyText(image: PolicyImage): string {
  return canonicalJson({
    kind: image.kind,
    payload: image.payload,
    assignments: normaliseAssignments(image.assignments),
    scopeTags: [...new Set(image.scopeTags)].sort(),
  });
}
