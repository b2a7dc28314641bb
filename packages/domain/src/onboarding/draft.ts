import { canonicalJson, type JsonObject } from '../gate/canonical.ts';

/** What was typed in a session and nothing was done with yet, by the name of its field. Never a secret. */
export type Draft = JsonObject;

/** Of the values kept for somebody, those that the draft does not hold; null when it holds them all. */
export function valuesToOffer(kept: Draft | undefined, draft: Draft): Draft | null {
  const rest = Object.entries(kept ?? {}).filter(
    ([name, value]) => canonicalJson(value) !== canonicalJson(draft[name] ?? ''),
  );
  return rest.length === 0 ? null : Object.fromEntries(rest);
}

/** Names of the fields in which two drafts differ. */
export function changedFields(before: Draft, after: Draft): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => canonicalJson(before[name] ?? '') !== canonicalJson(after[name] ?? ''))
    .sort();
}
