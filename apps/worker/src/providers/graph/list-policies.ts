import type { PolicyKind } from '@signalbox/domain/backup/policy';
import type { GraphClient } from './graph-client.ts';
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
  const { path, listVersion: version, nameProperty, listSelect } = policyEndpoints[kind];
  const call = { method: 'GET', version, path, query: { $select: listSelect } } as const;
  for await (const page of readPages(client, call)) {
    yield page.map((entry) => ({
      kind,
      id: textOf(entry, 'id'),
      name: textOf(entry, nameProperty),
      modifiedAt: typeof entry.lastModifiedDateTime === 'string' ? entry.lastModifiedDateTime : null,
    }));
  }
}
