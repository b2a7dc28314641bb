import { inLanes } from '../../in-lanes.ts';
import type { Cloud, CloudServer, Offer } from './cloud.ts';
import { lookUntil, type Pace } from './pace.ts';
import { specProblem } from './plan-servers.ts';
import { removeOne } from './remove-servers.ts';
import { ServerFailure, ServerProblem, serverError } from './server-failure.ts';
import type { Server, ServerReports, ServerSpec } from './server-provider.ts';

/** Servers worked on at once, of one infra. */
export const serversAtOnce = 3;

export interface CreateWork {
  readonly cloud: Cloud;
  readonly pace: Pace;
  readonly infra: string;
  readonly wanted: readonly ServerSpec[];
  readonly reports: ServerReports;
  readonly signal: AbortSignal;
}

/** Makes servers and waits until they run; one that is there already is taken as it is. */
export async function createServers(work: CreateWork): Promise<void> {
  const { cloud, infra, wanted, reports, signal } = work;
  const there = (await cloud.list(infra, signal)).filter(({ leaving }) => !leaving);
  const missing = wanted.filter(({ name }) => !there.some((server) => server.name === name));
  const plans = [...new Set(missing.map(({ plan }) => plan))];
  const offer = missing.length === 0 ? null : await cloud.offer(plans, signal);
  await inLanes(wanted, serversAtOnce, async (spec) => {
    const doing = `Creating server ${spec.name}`;
    let server: Server;
    try {
      const existing = there.find(({ name }) => name === spec.name) ?? null;
      server = toServer(await makeOne(work, { spec, existing, offer }));
    } catch (error) {
      const problem = serverError(error, { provider: cloud.label, doing });
      return reports.failed(spec.name, problem);
    }
    await reports.done(spec.name, server);
  });
}

interface OneServer {
  readonly spec: ServerSpec;
  readonly existing: CloudServer | null;
  readonly offer: Offer | null;
}

async function makeOne(work: CreateWork, { spec, existing, offer }: OneServer): Promise<CloudServer> {
  const { cloud, infra, reports, signal } = work;
  const { name } = spec;
  const problem = specProblem(spec, { existing, offer, provider: cloud.label });
  if (problem !== null) throw new ServerProblem(problem);
  if (existing !== null) return waitUntilRunning(work, existing);
  const plan = offer?.plans.get(spec.plan) ?? { diskGb: null, architecture: null };
  const begun = await cloud.begin({ infra, spec, key: reports.key(name), plan }, signal);
  await reports.log('info', `${name}: ${cloud.label} is making it (${spec.plan} in ${spec.zone}).`);
  await reports.progress(name, 0.1);
  try {
    return await waitUntilRunning(work, begun);
  } catch (error) {
    // One that only takes too long stays, for the next attempt to take up.
    if (error instanceof ServerProblem && error.safeError.code === 'provider_refused')
      await discard(work, begun);
    throw error;
  }
}

/** Some clouds let nobody touch a broken server for a while; longer than this the others are not kept waiting for it. */
const discardMs = 60_000;

/** Takes away what was made of a server that will never run: nobody keeps a record of it, and it may cost. */
async function discard(work: CreateWork, { name, externalId }: CloudServer): Promise<void> {
  const { cloud, reports, signal } = work;
  try {
    const left = await cloud.look(externalId, signal);
    if (left === null) return;
    const pace = { ...work.pace, removeMs: Math.min(work.pace.removeMs, discardMs) };
    await removeOne({ ...work, pace }, left);
    await reports.log('info', `${name}: what had been made of it is gone.`);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ServerProblem || error instanceof ServerFailure)) throw error;
    await reports.log('warning', `${name}: what had been made of it is still there at ${cloud.label}.`);
  }
}

async function waitUntilRunning(work: CreateWork, first: CloudServer): Promise<CloudServer> {
  const { cloud, pace, reports, signal } = work;
  const { name, externalId } = first;
  const seenBy = performance.now() + pace.unseenMs;
  let known: CloudServer | null = first;
  let started = false;
  let told = 0.1;
  const look = async (): Promise<CloudServer | null> => {
    const server: CloudServer | null = known ?? (await cloud.look(externalId, signal));
    known = null;
    if (server === null && performance.now() < seenBy) return null;
    if (server === null || server.leaving) throw gone(name, cloud.label);
    if (server.state === 'failed') throw broken(name, cloud.label);
    // A server that runs but has no address yet is of no use to anybody.
    if (server.state === 'running') return server.address === null ? null : server;
    if (server.state === 'stopped' && !started) {
      started = true;
      await cloud.start(server, signal);
      await reports.log('info', `${name}: it was stopped and is being started.`);
    }
    if (server.progress !== null && server.progress > told) {
      told = server.progress;
      await reports.progress(name, told);
    }
    return null;
  };
  const running = await lookUntil(look, { pace, withinMs: pace.createMs }, signal);
  if (running !== null) return running;
  const minutes = Math.round(pace.createMs / 60_000);
  const message = `${name} does not run after ${minutes} minutes; it is still there at ${cloud.label}.`;
  throw new ServerProblem({ code: 'provider_unavailable', message });
}

function gone(name: string, provider: string): ServerProblem {
  const message = `${name} was removed at ${provider} before it ran.`;
  return new ServerProblem({ code: 'not_found', message });
}

function broken(name: string, provider: string): ServerProblem {
  const message = `${name} ended in an error at ${provider} instead of running.`;
  return new ServerProblem({ code: 'provider_refused', message });
}

/** What others see of it. */
export function toServer({ leaving: _leaving, progress: _progress, ...server }: CloudServer): Server {
  return server;
}
