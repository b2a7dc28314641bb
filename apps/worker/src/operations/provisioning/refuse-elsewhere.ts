import { standingResources } from '@signalbox/db/queries/provisioning/standing-resources';
import type { WorkUnit } from '@signalbox/domain/provisioning/work';
import type { Work } from './carry-out.ts';
import type { Results } from './results.ts';

/**
 * Takes out units on servers that stand through another connection than the one the work goes through: there nothing is
 * known of them, so making one would leave two, and removing one would leave it running. Answers the others.
 */
export async function refuseElsewhere(
  { session: { context, infra }, connectionId }: Work,
  units: readonly WorkUnit[],
  results: Results,
): Promise<WorkUnit[]> {
  if (!units.some((unit) => serverOf(unit) !== null)) return [...units];
  // Saved, not only read: what was settled a moment ago is written down first.
  const standing = await context.save((tx) => standingResources(tx, infra, 'server'));
  const elsewhere = new Map(
    standing.filter((server) => server.connectionId !== connectionId).map((server) => [server.name, server]),
  );
  const here: WorkUnit[] = [];
  for (const unit of units) {
    const server = elsewhere.get(serverOf(unit) ?? '');
    if (server === undefined) {
      here.push(unit);
      continue;
    }
    const message = `${server.name} stands at ${server.provider} through another connection; only through that one is it changed or removed.`;
    await results.failed(unit, { code: 'conflict', message });
  }
  return here;
}

/** The server that a unit makes or removes; null where it does neither. */
function serverOf(unit: WorkUnit): string | null {
  if (unit.kind === 'make_server') return unit.server.name;
  return unit.kind === 'remove_server' ? unit.server : null;
}
