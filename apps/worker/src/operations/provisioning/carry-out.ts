import type { ResourceNow } from '@signalbox/db/commands/provisioning/change-resource';
import type { Deed } from '@signalbox/db/commands/run/deeds';
import { stretches, type WorkUnit } from '@signalbox/domain/provisioning/work';
import { refuseElsewhere } from './refuse-elsewhere.ts';
import { createResults, type Results } from './results.ts';
import { makeServers, removeServers } from './run-servers.ts';
import { runServices } from './run-services.ts';
import type { ProvisioningSession } from './session.ts';

/** What became of a resource, but for where it is: that is the same for all of a piece of work. */
export type Change = Pick<ResourceNow, 'kind' | 'name' | 'externalId' | 'state'>;

/** A kind of unit. */
export type Of<Kind extends WorkUnit['kind']> = Extract<WorkUnit, { kind: Kind }>;

/** Units of work and the connection through which they are done. */
export interface Work {
  readonly session: ProvisioningSession;
  readonly connectionId: number;
  /** How often the run is tried; on the last try whatever may pass counts as failed. */
  readonly attempts: number;
  /** Units of the whole run, of which these may be some. */
  readonly total: number;
  /** What is written of what a unit has done, in the transaction of its result. */
  deed(unit: WorkUnit, change: Change): Deed;
}

/**
 * Does units of work in their order, side by side where none needs another. Each result is recorded with what it
 * changed, in one transaction, so a later attempt does only what has no result yet. A unit whose need did not succeed
 * is skipped.
 */
export async function carryOut(work: Work, units: readonly WorkUnit[]): Promise<void> {
  const { context } = work.session;
  const results = await createResults(work);
  for (const stretch of stretches(units)) {
    context.signal.throwIfAborted();
    const due = await refuseElsewhere(work, await results.due(stretch), results);
    await makeServers(work, only(due, 'make_server'), results);
    await removeServers(work, only(due, 'remove_server'), results);
    await runServices(work, only(due, 'service'), results);
    for (const unit of due) await noteCluster(unit, results);
  }
}

function only<Kind extends WorkUnit['kind']>(units: readonly WorkUnit[], kind: Kind): Of<Kind>[] {
  return units.filter((unit): unit is Of<Kind> => unit.kind === kind);
}

/** A cluster is what its servers and task services are together; itself it is only written down. */
async function noteCluster(unit: WorkUnit, results: Results): Promise<void> {
  const noted = { kind: 'cluster', externalId: null } as const;
  if (unit.kind === 'keep_cluster') {
    const { name, type, members } = unit.cluster;
    await results.done(unit, { ...noted, name, state: { type, members: [...members] } });
  }
  if (unit.kind === 'forget_cluster') await results.done(unit, { ...noted, name: unit.cluster, state: null });
}
