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
import type { Ec2Key } from './check-signature.ts';
import type { Ec2Emulator } from './context.ts';
import { ec2Pipeline } from './pipeline.ts';
import { defaultEc2Settings, type Ec2Settings } from './settings.ts';
import { createEc2World, type Ec2Saved } from './world.ts';

/** How to start an emulator; everything has a default fit for tests. */
export interface Ec2EmulatorOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  /** Where instances are kept over a restart; in memory when absent. */
  readonly stateDir?: string;
  /** Where the sandbox folders of instances are made; a temporary directory when absent. */
  readonly sandboxDir?: string;
  /** Opens the control plane to those who send it; absent: there is none. */
  readonly adminToken?: string;
  readonly settings?: Partial<Ec2Settings>;
}

/** A running emulator; it serves every region. */
export interface Ec2EmulatorHandle extends Listener {
  /** Where the sandbox folders are. */
  readonly sandboxDir: string;
}

/** The one key of the emulator. It is no secret: it opens nothing else. */
export const demoEc2Key: Ec2Key = {
  accessKeyId: 'AKIASIGNALBOXDEMO000',
  secretAccessKey: 'aws-demo-secret-access-key-0000000000000',
};

/** Starts the Amazon EC2 emulator on loopback; rejects when the port is taken. */
export async function startEc2Emulator(options: Ec2EmulatorOptions = {}): Promise<Ec2EmulatorHandle> {
  const settings = { ...defaultEc2Settings, ...options.settings };
  const sandboxes = openSandboxes(options.sandboxDir);
  const emulator: Ec2Emulator = {
    key: demoEc2Key,
    world: createEc2World({
      settings: () => emulator.settings,
      sandboxes,
      file: openStateFile<Ec2Saved>(options.stateDir, { name: 'aws.json', format: 1 }),
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
    return ec2Pipeline(emulator, request);
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

function control(emulator: Ec2Emulator, first: Ec2Settings, call: ControlCall): WireReply {
  switch (call.verb) {
    case 'GET instances':
      return { status: 200, body: { instances: emulator.world.all() as unknown as Json } };
    case 'GET writes':
      return { status: 200, body: { writes: emulator.writes as unknown as Json } };
    case 'POST stopped': {
      const instance = emulator.world.all().find(({ id }) => id === call.rest[0]);
      if (instance === undefined) return controlProblem(404, 'No such instance.');
      emulator.world.move(instance, { to: 'stopped', through: 'stopping', inMs: 0 });
      return controlDone;
    }
    case 'PUT settings':
      emulator.settings = { ...emulator.settings, ...(call.body as Partial<Ec2Settings>) };
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
