import type { WorkUnit } from '@signalbox/domain/provisioning/work';
import type { Server, ServerReports } from '../../providers/servers/server-provider.ts';
import type { Change, Of, Work } from './carry-out.ts';
import type { Results } from './results.ts';
import { asking } from './session.ts';

/** Makes servers at the provider of the work and waits until they run. */
export async function makeServers(
  work: Work,
  units: readonly Of<'make_server'>[],
  results: Results,
): Promise<void> {
  if (units.length === 0) return;
  const { context, infra } = work.session;
  const opened = await work.session.provider(work.connectionId);
  const byName = new Map(units.map((unit) => [unit.server.name, unit]));
  const specs = units.map(({ server: { name, plan, zone } }) => ({ name, plan, zone }));
  const reports = reportsOf(work, byName, results);
  await asking(context, opened, () =>
    opened.servers.create(
      infra,
      specs,
      { ...reports, done: (name, server) => made(name, server) },
      context.signal,
    ),
  );

  async function made(name: string, server: Server | null): Promise<void> {
    const unit = byName.get(name);
    if (unit === undefined || server === null)
      throw new Error(`${name} was reported made, and is not there.`);
    await results.done(unit, serverChange(unit, server));
  }
}

/** Removes servers at the provider of the work and waits until they are gone. */
export async function removeServers(
  work: Work,
  units: readonly Of<'remove_server'>[],
  results: Results,
): Promise<void> {
  if (units.length === 0) return;
  const { context, infra } = work.session;
  const opened = await work.session.provider(work.connectionId);
  const byName = new Map(units.map((unit) => [unit.server, unit]));
  const gone = async (name: string): Promise<void> => {
    const unit = byName.get(name);
    if (unit === undefined) throw new Error(`${name} was reported removed, and nobody asked for it.`);
    await results.done(unit, { kind: 'server', name, externalId: null, state: null });
  };
  const reports = { ...reportsOf(work, byName, results), done: gone };
  await asking(context, opened, () =>
    opened.servers.remove(infra, [...byName.keys()], reports, context.signal),
  );
}

/** A server as it is kept: everything that making it again takes. */
function serverChange({ server: { role, ...spec } }: Of<'make_server'>, server: Server): Change {
  const { plan, zone, address, externalId } = server;
  return { kind: 'server', name: spec.name, externalId, state: { plan, zone, role, address } };
}

function reportsOf(
  { session: { context } }: Work,
  units: ReadonlyMap<string, WorkUnit>,
  results: Results,
): Omit<ServerReports, 'done'> {
  const unitOf = (name: string): WorkUnit => {
    const unit = units.get(name);
    if (unit === undefined) throw new Error(`${name} was reported, and nobody asked for it.`);
    return unit;
  };
  return {
    log: (level, text) => context.log(level, text),
    key: (name) => context.items.effectKey(unitOf(name).key),
    progress: (name, fraction) => results.progress(unitOf(name), fraction, `${name} is being worked on`),
    failed: (name, error) => results.failed(unitOf(name), error),
  };
}
