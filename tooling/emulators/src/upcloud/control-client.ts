import { type ControlTarget, callControl } from '../http/call-control.ts';
import type { FaultRule } from '../http/faults.ts';
import type { UpcloudWrite } from './context.ts';
import type { UpcloudSettings } from './settings.ts';
import type { UpcloudServer } from './world.ts';

/** The control plane as functions, for tests and the demo command; each rejects when it is refused. */
export interface UpcloudControl {
  addFault(fault: FaultRule): Promise<void>;
  /** Rules not yet used up. */
  faults(): Promise<FaultRule[]>;
  changeSettings(settings: Partial<UpcloudSettings>): Promise<void>;
  /** All servers of the account, whoever made them. */
  servers(): Promise<UpcloudServer[]>;
  /** Stops a server behind everybody's back. */
  stop(id: string): Promise<void>;
  /** Requests that were let in and could change something, in order. */
  writes(): Promise<UpcloudWrite[]>;
  /** No servers, no faults, the settings it started with. */
  reset(): Promise<void>;
}

/** Makes a client for the control plane of an UpCloud emulator. */
export function upcloudControl(target: ControlTarget): UpcloudControl {
  const tell = async (method: string, path: string, body?: unknown): Promise<void> => {
    await callControl(target, { method, path, body });
  };
  const ask = async <Answer>(path: string): Promise<Answer[]> =>
    (await callControl(target, { method: 'GET', path }))[path] as unknown as Answer[];
  return {
    addFault: (fault) => tell('POST', 'faults', fault),
    faults: () => ask('faults'),
    changeSettings: (settings) => tell('PUT', 'settings', settings),
    servers: () => ask('servers'),
    stop: (id) => tell('POST', `stopped/${id}`),
    writes: () => ask('writes'),
    reset: () => tell('POST', 'reset'),
  };
}
