import type { PolicyKind } from '@signalbox/domain/backup/policy';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { GraphCall, GraphClient } from './graph-client.ts';
import { policyEndpoints } from './policy-endpoints.ts';
import { readPages, textOf } from './read-pages.ts';

/** A policy as a list shows it. */
export interface PolicySummary {
  readonly kind: PolicyKind;
  readonly id: string;
  readonly name: string;
  /** ISO time of the last change at the provider, or null. */
  readonly modifiedAt: string | null;
}

/**
 * The policies of a kind, page by page, so that a run can report progress and be stopped between pages.
 * Least permission: DeviceManagementConfiguration.Read.All.
 */
export async function* listPolicies(client: GraphClient, kind: PolicyKind): AsyncGenerator<PolicySummary[]> {
  for await (const page of readPages(client, policyList(kind))) {
    yield page.map((entry) => readPolicySummary(kind, entry));
  }
}

/** The call that lists the policies of a kind. */
export function policyList(kind: PolicyKind): GraphCall {
  const { path, listVersion: version, listSelect } = policyEndpoints[kind];
  return { method: 'GET', version, path, query: { $select: listSelect } };
}

/** @throws GraphFailure when the entry is no policy of the kind */
export function readPolicySummary(kind: PolicyKind, entry: JsonObject): PolicySummary {
  return {
    kind,
    id: textOf(entry, 'id'),
    name: textOf(entry, policyEndpoints[kind].nameProperty),
    modifiedAt: typeof entry.lastModifiedDateTime === 'string' ? entry.lastModifiedDateTime : null,
  };
}
