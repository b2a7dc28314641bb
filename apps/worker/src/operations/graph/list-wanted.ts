import type { PolicyKind } from '@signalbox/domain/backup/policy';
import { listPolicies } from '../../providers/graph/list-policies.ts';
import type { GraphSession } from './session.ts';

/** Which policies a capture is about. */
export interface WantedPolicies {
  readonly kinds: readonly PolicyKind[];
  /** Provider ids; null means all of these kinds. */
  readonly policyIds: readonly string[] | null;
}

/** Provider ids by kind. A type, not an interface: it is kept as JSON. */
export type PolicyIdsByKind = { [Kind in PolicyKind]?: string[] };

/** What policies of a kind are called. */
export const kindWords: Readonly<Record<PolicyKind, string>> = {
  deviceConfiguration: 'device configurations',
  deviceCompliancePolicy: 'compliance policies',
  configurationPolicy: 'settings catalogue policies',
};

/**
 * Walks the lists of the tenant page by page and declares each wanted policy as an item of the run. Stops as soon
 * as all that were asked for by id are found.
 */
export async function listWanted(session: GraphSession, wanted: WantedPolicies): Promise<PolicyIdsByKind> {
  const { context, client } = session;
  const missing = wanted.policyIds === null ? null : new Set(wanted.policyIds);
  const found: PolicyIdsByKind = {};
  for (const kind of wanted.kinds) {
    const ids: string[] = [];
    found[kind] = ids;
    let page = 0;
    for await (const policies of listPolicies(client, kind)) {
      page += 1;
      const chosen = policies.filter(({ id }) => missing === null || missing.delete(id));
      await context.items.declare(chosen.map(({ id, name }) => ({ key: id, label: name })));
      ids.push(...chosen.map(({ id }) => id));
      await context.log('info', `Read page ${page} of ${kindWords[kind]}: ${policies.length} policies.`);
      if (missing?.size === 0) return found;
    }
  }
  return found;
}
