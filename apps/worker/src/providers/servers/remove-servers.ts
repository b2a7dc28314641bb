import { inLanes } from '../../in-lanes.ts';
import { waitFor } from '../http/wait-for.ts';
import type { Cloud, CloudServer } from './cloud.ts';
import { serversAtOnce } from './create-servers.ts';
import { lookUntil, type Pace } from './pace.ts';
import { ServerProblem, serverError } from './server-failure.ts';
import type { ServerReports } from './server-provider.ts';

export interface RemoveWork {
  readonly cloud: Cloud;
  readonly pace: Pace;
  readonly infra: string;
  readonly names: readonly string[];
  readonly reports: ServerReports;
  readonly signal: AbortSignal;
}

/** Removes servers and waits until they are gone. Whatever bears a name is removed, should there be several. */
export async function removeServers(work: RemoveWork): Promise<void> {
  const { cloud, pace, infra, names, reports, signal } = work;
  let there = await cloud.list(infra, signal);
  // One that was made a moment ago may not be listed yet; taking it for gone would leave it behind for good.
  if (names.some((name) => !there.some((server) => server.name === name))) {
    await waitFor(pace.unseenMs, signal);
    there = await cloud.list(infra, signal);
  }
  await inLanes(names, serversAtOnce, async (name) => {
    try {
      const bearers = there.filter((server) => server.name === name);
      for (const server of bearers) await removeOne(work, server);
    } catch (error) {
      const said = { provider: cloud.label, doing: `Removing server ${name}` };
      return reports.failed(name, serverError(error, said));
    }
    await reports.done(name, null);
  });
}

/**
 * Removes one server and waits until it is gone.
 * @throws ServerProblem when it is still there after all
 */
export async function removeOne(
  work: Pick<RemoveWork, 'cloud' | 'pace' | 'reports' | 'signal'>,
  first: CloudServer,
): Promise<void> {
  const { cloud, pace, reports, signal } = work;
  await reports.log('info', `${first.name}: it is being removed at ${cloud.label}.`);
  let known: CloudServer | null = first;
  const look = async (): Promise<true | null> => {
    const server: CloudServer | null = known ?? (await cloud.look(first.externalId, signal));
    known = null;
    if (server === null) return true;
    await cloud.end(server, signal);
    return null;
  };
  const gone = await lookUntil(look, { pace, withinMs: pace.removeMs }, signal);
  if (gone !== null) return;
  const minutes = Math.round(pace.removeMs / 60_000);
  const message = `${first.name} is still there at ${cloud.label} after ${minutes} minutes.`;
  throw new ServerProblem({ code: 'provider_unavailable', message });
}
