import {
  type ControlCall,
  controlDone,
  controlFaults,
  controlProblem,
  openControl,
} from '../http/control.ts';
import { createFaultBook } from '../http/faults.ts';
import type { Json } from '../http/json.ts';
import { type Listener, listen } from '../http/listen.ts';
import { pause } from '../http/pause.ts';
import { openSandboxes } from '../http/sandboxes.ts';
import { openStateFile } from '../http/state-file.ts';
import type { WireReply } from '../http/wire.ts';
import type { UpcloudAccount, UpcloudEmulator } from './context.ts';
import { upcloudPipeline } from './pipeline.ts';
import { defaultUpcloudSettings, type UpcloudSettings } from './settings.ts';
import { createUpcloudWorld, type UpcloudSaved } from './world.ts';

/** How to start an emulator; everything has a default fit for tests. */
export interface UpcloudEmulatorOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  /** Where servers are kept over a restart; in memory when absent. */
  readonly stateDir?: string;
  /** Where the sandbox folders of servers are made; a temporary directory when absent. */
  readonly sandboxDir?: string;
  /** Opens the control plane to those who send it; absent: there is none. */
  readonly adminToken?: string;
  readonly settings?: Partial<UpcloudSettings>;
}

/** A running emulator. */
export interface UpcloudEmulatorHandle extends Listener {
  /** Where the sandbox folders are. */
  readonly sandboxDir: string;
}

/** The one account of the emulator. These are no secrets: they open nothing else. */
export const demoUpcloudAccount: UpcloudAccount = {
  username: 'signalbox-demo',
  password: 'upcloud-demo-password',
  token: 'ucat_demo_0000000000000000',
};

/** Starts the UpCloud emulator on loopback; rejects when the port is taken. */
export async function startUpcloudEmulator(
  options: UpcloudEmulatorOptions = {},
): Promise<UpcloudEmulatorHandle> {
  const settings = { ...defaultUpcloudSettings, ...options.settings };
  const sandboxes = openSandboxes(options.sandboxDir);
  const emulator: UpcloudEmulator = {
    account: demoUpcloudAccount,
    world: createUpcloudWorld({
      settings: () => emulator.settings,
      sandboxes,
      file: openStateFile<UpcloudSaved>(options.stateDir, { name: 'upcloud.json', format: 1 }),
      now: Date.now,
    }),
    faults: createFaultBook(),
    settings,
    writes: [],
    recent: [],
    now: Date.now,
  };
  const listener = await listen(options.port ?? 0, async (request) => {
    if (request.url.pathname.startsWith('/__emulator/')) {
      const call = openControl(request, options.adminToken);
      return 'refused' in call ? call.refused : control(emulator, settings, call);
    }
    await pause(emulator.settings.latencyMs);
    return upcloudPipeline(emulator, request);
  });
  return {
    ...listener,
    sandboxDir: sandboxes.directory,
    close: async () => {
      await listener.close();
      sandboxes.dispose();
    },
  };
}

function control(emulator: UpcloudEmulator, first: UpcloudSettings, call: ControlCall): WireReply {
  switch (call.verb) {
    case 'GET servers':
      return { status: 200, body: { servers: emulator.world.servers() as unknown as Json } };
    case 'GET writes':
      return { status: 200, body: { writes: emulator.writes as unknown as Json } };
    case 'POST stopped': {
      const server = emulator.world.find(call.rest[0] ?? '');
      if (server === undefined) return controlProblem(404, 'No such server.');
      emulator.world.move(server, 'stopped', 0);
      return controlDone;
    }
    case 'PUT settings':
      emulator.settings = { ...emulator.settings, ...(call.body as Partial<UpcloudSettings>) };
      return controlDone;
    case 'POST reset':
      emulator.world.reset();
      emulator.faults.clear();
      Object.assign(emulator, { settings: first, writes: [], recent: [] });
      return controlDone;
    default:
      return controlFaults(emulator.faults, call) ?? controlProblem(404, 'Not found.');
  }
}
