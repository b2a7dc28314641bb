import { inLanes } from '../../in-lanes.ts';
import { memberOf } from '../http/safe-code.ts';
import type { Reach } from '../servers/address.ts';
import type { Cloud, CloudServer, NewServer, Offer, OfferedPlan } from '../servers/cloud.ts';
import { serversAtOnce } from '../servers/create-servers.ts';
import { effectDigest } from '../servers/effect-digest.ts';
import { lookUntil, type Pace } from '../servers/pace.ts';
import { ServerFailure } from '../servers/server-failure.ts';
import { listServers } from './list-servers.ts';
import { list, readServer } from './read-server.ts';
import { labelKeys, serverBody, type UpcloudServerSettings } from './server-body.ts';
import type { UpcloudClient } from './upcloud-client.ts';

export interface UpcloudCloudOptions {
  readonly client: UpcloudClient;
  readonly settings: UpcloudServerSettings;
  readonly reach: Reach;
  readonly pace: Pace;
}

/** UpCloud as the flow of making and removing servers sees it. */
export function createUpcloudCloud({ client, settings, reach, pace }: UpcloudCloudOptions): Cloud {
  const ours = { [labelKeys.workspace]: settings.workspace };

  const look = async (externalId: string, signal: AbortSignal): Promise<CloudServer | null> => {
    try {
      const body = await client({ method: 'GET', path: `server/${encodeURIComponent(externalId)}` }, signal);
      const server = readServer(memberOf(body, 'server'), reach);
      if (server === null) throw unreadable();
      return server;
    } catch (error) {
      return nothingWhen(error, 'missing');
    }
  };

  /** Asks for a server; when the answer is lost, what came of it is looked up by the key. */
  const begin = async (server: NewServer, signal: AbortSignal): Promise<CloudServer> => {
    try {
      const body = serverBody(server, settings);
      const answer = await client({ method: 'POST', path: 'server', body, once: true }, signal);
      const made = readServer(memberOf(answer, 'server'), reach);
      if (made === null) throw unreadable('unknown');
      return made;
    } catch (error) {
      if (!(error instanceof ServerFailure) || error.facts.effect === 'none') throw error;
      const labels = { ...ours, [labelKeys.key]: effectDigest(server.key) };
      const find = async () => (await listServers(client, { labels, reach }, signal))[0] ?? null;
      const found = await lookUntil(find, { pace, withinMs: pace.unseenMs }, signal);
      if (found === null) throw error;
      return found;
    }
  };

  const act = async (server: CloudServer, deed: 'start' | 'stop', signal: AbortSignal): Promise<void> => {
    const stop = { stop_server: { stop_type: 'soft', timeout: '60' } };
    const path = `server/${encodeURIComponent(server.externalId)}/${deed}`;
    // A conflict means that it is on its way already.
    await client({ method: 'POST', path, ...(deed === 'stop' && { body: stop }) }, signal).catch(
      (error: unknown) => nothingWhen(error, 'conflict'),
    );
  };

  return {
    label: 'UpCloud',
    async list(infra, signal) {
      const labels = { ...ours, [labelKeys.infra]: infra };
      const servers = await listServers(client, { labels, reach }, signal);
      const whole = new Map<string, CloudServer | null>();
      const running = servers.filter(({ state }) => state === 'running');
      await inLanes(running, serversAtOnce, async ({ externalId }) => {
        whole.set(externalId, await look(externalId, signal));
      });
      return servers.flatMap((server) => {
        const seen = whole.has(server.externalId) ? (whole.get(server.externalId) ?? null) : server;
        return seen === null ? [] : [seen];
      });
    },
    async offer(_plans, signal) {
      const plans = await client({ method: 'GET', path: 'plan' }, signal);
      const zones = await client({ method: 'GET', path: 'zone' }, signal);
      return readOffer(plans, zones);
    },
    begin,
    start: (server, signal) => act(server, 'start', signal),
    look,
    async end(server, signal) {
      if (server.state === 'running') return act(server, 'stop', signal);
      // Neither stopping nor deleting is allowed in between.
      if (server.state !== 'stopped') return;
      const path = `server/${encodeURIComponent(server.externalId)}`;
      const query = [['storages', '1']] as const;
      try {
        await client({ method: 'DELETE', path, query }, signal);
      } catch (error) {
        if (nothingWhen(error, 'missing', 'conflict') === null) return;
      }
    },
  };
}

function readOffer(planBody: unknown, zoneBody: unknown): Offer {
  const plans = new Map<string, OfferedPlan>();
  for (const plan of list(memberOf(memberOf(planBody, 'plans'), 'plan'))) {
    const name = memberOf(plan, 'name');
    const disk = Number(memberOf(plan, 'storage_size'));
    if (typeof name === 'string')
      plans.set(name, { diskGb: Number.isFinite(disk) ? disk : null, architecture: null });
  }
  const zones = list(memberOf(memberOf(zoneBody, 'zones'), 'zone')).map((zone) => memberOf(zone, 'id'));
  return { plans, zones: new Set(zones.filter((id) => typeof id === 'string')) };
}

/** Null for failures of the kinds named. @throws every other error */
function nothingWhen(error: unknown, ...kinds: readonly string[]): null {
  if (error instanceof ServerFailure && kinds.includes(error.facts.kind)) return null;
  throw error;
}

function unreadable(effect: 'none' | 'unknown' = 'none'): ServerFailure {
  return new ServerFailure({ kind: 'unavailable', code: 'unreadable_answer', status: 200, effect });
}
