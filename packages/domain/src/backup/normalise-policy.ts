import type { Json, JsonObject } from '../gate/canonical.ts';

/** What the provider fills in by itself, or what is kept apart (assignments, scope tags). */
const providerMade: ReadonlySet<string> = new Set([
  'id',
  'createdDateTime',
  'lastModifiedDateTime',
  'version',
  'settingCount',
  'isAssigned',
  'supportsScopeTags',
  'creationSource',
  'assignments',
  'roleScopeTagIds',
]);

/** Lists whose elements carry an id that only counts them. */
const numberedLists: ReadonlySet<string> = new Set([
  'settings',
  'scheduledActionsForRule',
  'scheduledActionConfigurations',
]);

/**
 * The part of a policy that a person decided on: read-only fields and annotations (`@odata.context`,
 * `...@odata.nextLink`) are gone, `@odata.type` stays because it says what the object is. Normalising twice
 * changes nothing, and the result can be sent back to create the policy again.
 */
export function normalisePolicy(payload: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(payload)
      .filter(([key]) => !providerMade.has(key) && !isAnnotation(key))
      .map(([key, value]) => [key, normaliseValue(key, value)]),
  );
}

function normaliseValue(key: string, value: Json): Json {
  if (Array.isArray(value)) {
    return value.map((element: Json) => normaliseElement(numberedLists.has(key), element));
  }
  return normaliseElement(false, value);
}

function normaliseElement(numbered: boolean, value: Json): Json {
  if (Array.isArray(value)) return value.map((element: Json) => normaliseElement(false, element));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !isAnnotation(key) && !(numbered && key === 'id'))
      .map(([key, field]) => [key, normaliseValue(key, field)]),
  );
}

function isAnnotation(key: string): boolean {
  return key.includes('@odata.') && !key.endsWith('@odata.type');
}
