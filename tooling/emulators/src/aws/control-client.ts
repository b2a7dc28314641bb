import { type ControlTarget, callControl } from '../http/call-control.ts';
import type { FaultRule } from '../http/faults.ts';
import type { Ec2Write } from './context.ts';
import type { Ec2Settings } from './settings.ts';
import type { Ec2Instance } from './world.ts';

/** The control plane as functions, for tests and the demo command; each rejects when it is refused. */
export interface Ec2Control {
  addFault(fault: FaultRule): Promise<void>;
  /** Rules not yet used up. */
  faults(): Promise<FaultRule[]>;
  changeSettings(settings: Partial<Ec2Settings>): Promise<void>;
  /** All instances of the account, also those terminated. */
  instances(): Promise<Ec2Instance[]>;
  /** Stops an instance behind everybody's back. */
  stop(id: string): Promise<void>;
  /** Requests that were let in and could change something, in order. */
  writes(): Promise<Ec2Write[]>;
  /** No instances, no faults, the settings it started with. */
  reset(): Promise<void>;
}

/** Makes a client for the control plane of an Amazon EC2 emulator. */
export function ec2Control(target: ControlTarget): Ec2Control {
  const tell = async (method: string, path: string, body?: unknown): Promise<void> => {
    await callControl(target, { method, path, body });
  };
  const ask = async <Answer>(path: string): Promise<Answer[]> =>
    (await callControl(target, { method: 'GET', path }))[path] as unknown as Answer[];
  return {
    addFault: (fault) => tell('POST', 'faults', fault),
    faults: () => ask('faults'),
    changeSettings: (settings) => tell('PUT', 'settings', settings),
    instances: () => ask('instances'),
    stop: (id) => tell('POST', `stopped/${id}`),
    writes: () => ask('writes'),
    reset: () => tell('POST', 'reset'),
  };
}
