import { randomBytes } from 'node:crypto';
import type { Sandboxes } from '../http/sandboxes.ts';
import type { StateFile } from '../http/state-file.ts';
import type { Ec2Settings } from './settings.ts';

/** The states of the real service with their codes. */
export const ec2States = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
} as const;
export type Ec2State = keyof typeof ec2States;

export interface Ec2Instance {
  id: string;
  reservation: string;
  region: string;
  zone: string;
  type: string;
  image: string;
  tags: { key: string; value: string }[];
  clientToken: string | null;
  /** Of the parameters of its request, to tell a repeat from another one. */
  fingerprint: string;
  /** Unix time in milliseconds. */
  launchedAt: number;
  state: Ec2State;
  /** What it becomes, and when; null while nothing is under way. */
  next: { state: Ec2State; at: number } | null;
  /** Why it is not running; null while it is. */
  reason: { code: string; message: string } | null;
  publicAddress: string;
  privateAddress: string;
  endedAt: number | null;
}

/** What is kept over a restart. */
export interface Ec2Saved {
  format: 1;
  instances: Ec2Instance[];
  made: number;
}

/** The instances of the one account, in all regions. */
export interface Ec2World {
  /** In order of creation, each in the state it is in now; those long terminated are gone. */
  all(): Ec2Instance[];
  /** What Describe and the deeds see: all but those that are still too new. */
  seen(region: string): Ec2Instance[];
  create(
    wanted: Pick<Ec2Instance, 'region' | 'zone' | 'type' | 'image' | 'tags' | 'clientToken' | 'fingerprint'>,
  ): Ec2Instance;
  move(instance: Ec2Instance, by: { to: Ec2State; through: Ec2State; inMs: number }): void;
  reset(): void;
}

/** The tag by which the emulator says which sandbox folder stands for an instance. */
export const sandboxTag = 'signalbox:emulator-sandbox';

interface WorldParts {
  settings(): Ec2Settings;
  sandboxes: Sandboxes;
  file: StateFile<Ec2Saved>;
  now(): number;
}

const hexId = (prefix: string): string => `${prefix}-0${randomBytes(8).toString('hex')}`;

/** Makes a world from what was saved. Time moves instances on when they are looked at. */
export function createEc2World({ settings, sandboxes, file, now }: WorldParts): Ec2World {
  const saved = file.load();
  const instances = new Map((saved?.instances ?? []).map((instance) => [instance.id, instance]));
  let made = saved?.made ?? 0;
  const save = (): void => file.save({ format: 1, instances: [...instances.values()], made });

  const settle = (instance: Ec2Instance): void => {
    if (instance.endedAt !== null && now() > instance.endedAt + settings().terminatedMs) {
      instances.delete(instance.id);
      save();
      return;
    }
    if (instance.next === null || now() < instance.next.at) return;
    instance.state = instance.next.state;
    const { at } = instance.next;
    instance.next = null;
    if (instance.state === 'running') sandboxes.make(instance.id);
    if (instance.state === 'terminated') {
      instance.endedAt = at;
      sandboxes.remove(instance.id);
    }
    save();
  };
  const all = (): Ec2Instance[] => {
    for (const instance of instances.values()) settle(instance);
    return [...instances.values()];
  };

  return {
    all,
    seen: (region) =>
      all().filter((each) => each.region === region && now() >= each.launchedAt + settings().unseenMs),
    create(wanted) {
      made += 1;
      const id = hexId('i');
      const at = now();
      const name = wanted.tags.find(({ key }) => key === 'Name')?.value;
      const broken = name !== undefined && settings().brokenNames.includes(name);
      const instance: Ec2Instance = {
        ...wanted,
        id,
        reservation: hexId('r'),
        tags: [...wanted.tags, { key: sandboxTag, value: id }],
        launchedAt: at,
        state: 'pending',
        next: { state: broken ? 'terminated' : 'running', at: at + settings().pendingMs },
        reason: broken
          ? { code: 'Server.InternalError', message: 'Server.InternalError: Internal error on launch' }
          : null,
        publicAddress: `198.51.100.${(made % 250) + 1}`,
        privateAddress: `172.31.${Math.floor(made / 250) % 250}.${(made % 250) + 1}`,
        endedAt: null,
      };
      instances.set(id, instance);
      save();
      return instance;
    },
    move(instance, { to, through, inMs }) {
      instance.state = through;
      instance.next = { state: to, at: now() + inMs };
      const code =
        to === 'running' ? null : `Client.UserInitiated${to === 'terminated' ? 'Shutdown' : 'Stop'}`;
      instance.reason = code === null ? null : { code, message: `${code}: User initiated` };
      save();
    },
    reset() {
      for (const { id } of instances.values()) sandboxes.remove(id);
      instances.clear();
      save();
    },
  };
}
