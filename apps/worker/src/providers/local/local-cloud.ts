import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isObjectName } from '@signalbox/domain/provisioning/names';
import type { Cloud, CloudServer } from '../servers/cloud.ts';
import { effectDigest } from '../servers/effect-digest.ts';
import { ServerFailure, type ServerFailureKind } from '../servers/server-failure.ts';
import {
  isRunning,
  leftoverOf,
  type Machine,
  makeFolder,
  nothingThere,
  readMachine,
  removeMachine,
  startMachine,
} from './machine.ts';

export interface LocalCloudOptions {
  /** Below it every server is a folder: `<workspace>/<infra>/<server>`. */
  readonly root: string;
  readonly workspace: string;
  /** Absolute path of the shell that the processes of servers are run by; null where there is none. */
  readonly sh: string | null;
}

/** What can be had here. Sizes are names only: a folder is as big as its disk. */
const plans = ['small', 'medium', 'large'] as const;
const zone = 'local';

/** Servers that are folders of this machine, each with a real process. */
export function createLocalCloud({ root, workspace, sh }: LocalCloudOptions): Cloud {
  const infraFolder = (infra: string): string => {
    if (!isObjectName(workspace) || !isObjectName(infra)) throw refused('invalid', 'NAME_INVALID');
    return join(root, workspace, infra);
  };
  const serverFolder = (externalId: string): string => {
    const [infra = '', name = '', ...rest] = externalId.split('/');
    if (rest.length > 0 || !isObjectName(leftoverOf(name) ?? name)) throw refused('invalid', 'NAME_INVALID');
    return join(infraFolder(infra), name);
  };
  const look = async (externalId: string): Promise<CloudServer | null> => {
    const folder = serverFolder(externalId);
    const left = leftoverOf(basename(folder));
    if (left !== null) return (await isThere(folder)) ? leftover(left, externalId) : null;
    const machine = await readMachine(folder);
    if (machine === null) return null;
    return shown(machine, {
      externalId,
      folder,
      state: (await isRunning(folder)) ? 'running' : 'stopped',
    });
  };
  const shell = (): string => {
    if (sh === null) throw refused('unavailable', 'NO_SHELL');
    return sh;
  };

  return {
    label: 'this machine',
    list: async (infra) => {
      const names = (await readdir(infraFolder(infra)).catch(nothingThere)) ?? [];
      const there = names.filter((name) => isObjectName(leftoverOf(name) ?? name));
      const servers = await Promise.all(there.map((name) => look(`${infra}/${name}`)));
      return servers.filter((server) => server !== null);
    },
    offer: async (asked) => ({
      plans: new Map(
        asked
          .filter((plan) => plans.some((each) => each === plan))
          .map((plan) => [plan, { diskGb: null, architecture: null }]),
      ),
      zones: new Set([zone]),
    }),
    begin: async ({ infra, spec, key }) => {
      const run = shell();
      const externalId = `${infra}/${spec.name}`;
      const folder = serverFolder(externalId);
      await mkdir(infraFolder(infra), { recursive: true, mode: 0o700 });
      const wanted: Machine = { ...spec, key: effectDigest(key) };
      await makeFolder(folder, wanted);
      const made = await readMachine(folder);
      if (made === null || made.key !== wanted.key) throw refused('conflict', 'NAME_TAKEN');
      if (!(await isRunning(folder))) await startMachine(folder, run);
      return shown(made, { externalId, folder, state: 'starting' });
    },
    start: async ({ externalId }) => startMachine(serverFolder(externalId), shell()),
    look,
    end: async ({ externalId }) => removeMachine(serverFolder(externalId)),
  };
}

function shown(
  { name, plan, zone: place }: Machine,
  at: Pick<CloudServer, 'externalId' | 'state'> & { readonly folder: string },
): CloudServer {
  const { externalId, folder, state } = at;
  const address = `local:${folder}`;
  return { name, plan, zone: place, externalId, state, address, leaving: false, progress: null };
}

/** What a killed worker has left of a server: nobody gets it, and removing the server takes it along. */
function leftover(name: string, externalId: string): CloudServer {
  const nothing = { plan: '', zone: '', address: null, progress: null };
  return { ...nothing, name, externalId, state: 'stopped', leaving: true };
}

const isThere = async (folder: string): Promise<boolean> => (await stat(folder).catch(nothingThere)) !== null;

function refused(kind: ServerFailureKind, code: string): ServerFailure {
  return new ServerFailure({ kind, code, status: null, effect: 'none' });
}
