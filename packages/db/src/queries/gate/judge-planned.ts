import { decideStart } from '@signalbox/domain/gate/decide-start';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import type { WorkspaceTransaction } from '../../client/database.ts';
import type { DecidedStart } from '../../commands/gate/start-runs.ts';
import { loadStartFacts } from './load-start-facts.ts';
import { type PreparedStart, prepareStart } from './prepare-start.ts';

/**
 * What the gate would decide about each of some planned starts if it were the only one: the facts and the decision of
 * every start, without the commit, and without the starts standing in each other's way. Planned work waits out the
 * pause of a provider, so that is not asked, and neither are Idempotency-Keys.
 */
export async function judgePlanned(
  tx: WorkspaceTransaction,
  requests: readonly StartRequest[],
): Promise<DecidedStart[]> {
  if (requests.length === 0) return [];
  const prepared: PreparedStart[] = [];
  for (const request of requests) prepared.push(await prepareStart(tx, { ...request, idempotency: null }));
  const loaded = await loadStartFacts(tx, prepared);
  return prepared.map((start, index) => {
    const found = loaded[index];
    if (found === undefined) throw new Error(`No facts were loaded for start ${index}.`);
    const connections = found.facts.connections.map((each) => ({ ...each, throttledUntil: null }));
    const decision = decideStart(start.rule, { ...found.facts, connections }, found.at);
    return { start, loaded: found, decision, behind: null };
  });
}
