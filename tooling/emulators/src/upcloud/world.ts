import { randomUUID } from 'node:crypto';
import type { Sandboxes } from '../http/sandboxes.ts';
import type { StateFile } from '../http/state-file.ts';
import type { UpcloudSettings } from './settings.ts';

/** The states of the real service. */
export type UpcloudState = 'started' | 'stopped' | 'maintenance' | 'error';

export interface UpcloudServer {
  uuid: string;
  title: string;
  hostname: string;
  plan: string;
  zone: string;
  labels: { key: string; value: string }[];
  /** Unix time in milliseconds. */
  createdAt: number;
  state: UpcloudState;
  /** What it becomes, and when; null while nothing is under way. */
  next: { state: UpcloudState; at: number; from: number } | null;
  publicAddress: string;
  utilityAddress: string;
  storages: string[];
}

/** A disk; it outlives its server unless it is deleted with it. */
export interface UpcloudStorage {
  uuid: string;
  title: string;
  size: number;
  tier: string;
  zone: string;
  server: string | null;
}

/** What is kept over a restart. */
export interface UpcloudSaved {
  format: 1;
  servers: UpcloudServer[];
  storages: UpcloudStorage[];
  made: number;
}

/** The servers and disks of the one account. */
export interface UpcloudWorld {
  /** In order of creation, each in the state it is in now. */
  servers(): UpcloudServer[];
  find(uuid: string): UpcloudServer | undefined;
  storages(): UpcloudStorage[];
  create(
    wanted: Pick<UpcloudServer, 'title' | 'hostname' | 'plan' | 'zone' | 'labels'>,
    disks: Pick<UpcloudStorage, 'title' | 'size' | 'tier'>[],
  ): UpcloudServer;
  /** Sets a server on its way to another state. */
  move(server: UpcloudServer, to: UpcloudState, inMs: number): void;
  /** Forgets a server; its disks with it, or left behind. */
  remove(server: UpcloudServer, withStorages: boolean): void;
  reset(): void;
}

/** The label by which the emulator says which sandbox folder stands for a server. */
export const sandboxLabel = 'signalbox_emulator_sandbox';

interface WorldParts {
  settings(): UpcloudSettings;
  sandboxes: Sandboxes;
  file: StateFile<UpcloudSaved>;
  now(): number;
}

/** Makes a world from what was saved. Time moves servers on when they are looked at. */
export function createUpcloudWorld({ settings, sandboxes, file, now }: WorldParts): UpcloudWorld {
  const saved = file.load();
  const servers = new Map((saved?.servers ?? []).map((server) => [server.uuid, server]));
  const storages = new Map((saved?.storages ?? []).map((storage) => [storage.uuid, storage]));
  let made = saved?.made ?? 0;
  const save = (): void =>
    file.save({ format: 1, servers: [...servers.values()], storages: [...storages.values()], made });

  const settle = (server: UpcloudServer): UpcloudServer => {
    if (server.next === null || now() < server.next.at) return server;
    server.state = server.next.state;
    const since = server.next.at;
    // A server in error comes back by itself when the service has mended it.
    server.next =
      server.state === 'error' ? { state: 'stopped', at: since + settings().errorMs, from: since } : null;
    if (server.state === 'started') sandboxes.make(server.uuid);
    save();
    return settle(server);
  };

  return {
    servers: () => [...servers.values()].map(settle),
    find(uuid) {
      const server = servers.get(uuid);
      return server === undefined ? undefined : settle(server);
    },
    storages: () => [...storages.values()],
    create(wanted, disks) {
      made += 1;
      const uuid = randomUUID();
      const at = now();
      const state = settings().brokenTitles.includes(wanted.title) ? 'error' : 'started';
      const server: UpcloudServer = {
        ...wanted,
        uuid,
        labels: [...wanted.labels, { key: sandboxLabel, value: uuid }],
        createdAt: at,
        state: 'maintenance',
        next: { state, at: at + settings().createMs, from: at },
        publicAddress: `203.0.113.${(made % 250) + 1}`,
        utilityAddress: `10.0.${Math.floor(made / 250) % 250}.${(made % 250) + 1}`,
        storages: [],
      };
      for (const disk of disks) {
        const storage = { ...disk, uuid: randomUUID(), zone: wanted.zone, server: uuid };
        storages.set(storage.uuid, storage);
        server.storages.push(storage.uuid);
      }
      servers.set(uuid, server);
      save();
      return server;
    },
    move(server, to, inMs) {
      const at = now();
      server.next = { state: to, at: at + inMs, from: at };
      save();
    },
    remove(server, withStorages) {
      servers.delete(server.uuid);
      for (const uuid of server.storages) {
        const storage = storages.get(uuid);
        if (withStorages) storages.delete(uuid);
        else if (storage !== undefined) storage.server = null;
      }
      sandboxes.remove(server.uuid);
      save();
    },
    reset() {
      for (const { uuid } of servers.values()) sandboxes.remove(uuid);
      servers.clear();
      storages.clear();
      save();
    },
  };
}
