import { normaliseAssignments } from '@signalbox/domain/backup/assignments';
import { normalisePolicy } from '@signalbox/domain/backup/normalise-policy';
import type { PolicyImage, PolicyKind } from '@signalbox/domain/backup/policy';
import type { Json, JsonObject } from '@signalbox/domain/gate/canonical';
import type { GraphClient } from './graph-client.ts';
import { policyEndpoints, policyPath } from './policy-endpoints.ts';
import { objectsOf, textOf } from './read-pages.ts';

/** A policy as the tenant holds it now. */
export interface LivePolicy extends PolicyImage {
  readonly id: string;
  /** ISO time of the last change at the provider, or null. */
  readonly modifiedAt: string | null;
}

/**
 * Reads one policy with settings, assignments and scope tags, normalised. It is read through beta, since v1.0 does
 * not show scope tags. Least permission: DeviceManagementConfiguration.Read.All.
 * @throws GraphFailure `not_found` when it is gone
 */
export async function readPolicy(
  client: GraphClient,
  policy: { readonly kind: PolicyKind; readonly id: string },
): Promise<LivePolicy> {
  const { kind, id } = policy;
  const { expand, nameProperty, related } = policyEndpoints[kind];
  const path = policyPath(kind, id);
  const body = await client.send({ method: 'GET', version: 'beta', path, query: { $expand: expand } });
  const assignments = await completeExpansion(client, body, 'assignments');
  const whole =
    related === undefined ? body : { ...body, [related]: await completeExpansion(client, body, related) };
  return {
    kind,
    id: textOf(body, 'id'),
    name: textOf(body, nameProperty),
    payload: normalisePolicy(whole),
    assignments: normaliseAssignments(assignments),
    scopeTags: scopeTagsOf(body.roleScopeTagIds),
    modifiedAt: typeof body.lastModifiedDateTime === 'string' ? body.lastModifiedDateTime : null,
  };
}

/** An expanded list, the rest of it fetched when the service cut it short. */
async function completeExpansion(
  client: GraphClient,
  body: JsonObject,
  property: string,
): Promise<JsonObject[]> {
  const list = objectsOf(body[property]);
  let link = body[`${property}@odata.nextLink`];
  while (typeof link === 'string') {
    const page = await client.follow(link);
    list.push(...objectsOf(page.value));
    link = page['@odata.nextLink'];
  }
  return list;
}

function scopeTagsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? [...new Set(value.map(String))].sort() : [];
}
