import type { SafeError } from '@signalbox/domain/run/safe-error';
import { ec2Control } from '@signalbox/emulators/aws/control-client';
import { demoEc2Key, startEc2Emulator } from '@signalbox/emulators/aws/start';
import type { FaultRule } from '@signalbox/emulators/http/faults';
import { upcloudControl } from '@signalbox/emulators/upcloud/control-client';
import { demoUpcloudAccount, startUpcloudEmulator } from '@signalbox/emulators/upcloud/start';
import { afterAll } from 'vitest';
import { createAwsProvider } from '../../../src/providers/aws/aws-provider.ts';
import type { ThrottleNotice } from '../../../src/providers/http/try-until-settled.ts';
import type { Pace } from '../../../src/providers/servers/pace.ts';
import type {
  Server,
  ServerProvider,
  ServerReports,
} from '../../../src/providers/servers/server-provider.ts';
import { createUpcloudProvider } from '../../../src/providers/upcloud/upcloud-provider.ts';

/** What a test may change about a provider. */
export interface Change {
  readonly workspace?: string;
  /** A credential that is not the account's. */
  readonly wrongSecret?: string;
  /** Where nothing is emulated, as far as the provider knows. */
  readonly real?: true;
  readonly url?: string;
  readonly pace?: Partial<Pace>;
}

/** A cloud with its emulator, as far as tests of both clouds need it. */
export interface CloudBench {
  readonly label: string;
  readonly plan: string;
  readonly otherPlan: string;
  readonly zone: string;
  readonly sandboxDir: string;
  /** Which requests ask for a new server. */
  readonly creating: FaultRule['match'];
  /** Which requests look at servers. */
  readonly looking: FaultRule['match'];
  readonly throttle: Pick<FaultRule, 'status' | 'code'>;
  readonly notices: ThrottleNotice[];
  provider(change?: Change): ServerProvider;
  fault(rule: FaultRule): Promise<void>;
  faults(): Promise<FaultRule[]>;
  /** Servers that are there, whoever made them. */
  servers(): Promise<{ name: string; id: string; state: string }[]>;
  /** Stops a server behind everybody's back. */
  stop(id: string): Promise<void>;
  /** Answered requests for a new server. */
  created(): Promise<number>;
  change(settings: {
    createMs?: number;
    full?: string[];
    broken?: string[];
    limit?: number;
    pageSize?: number;
  }): Promise<void>;
  reset(): Promise<void>;
}

const adminToken = 'test-admin-token';
const pace: Pace = { firstLookMs: 10, lookCapMs: 30, createMs: 10_000, removeMs: 10_000, unseenMs: 40 };
const retry = { baseMs: 1, capMs: 4 };

/** Starts an UpCloud of its own for a test file. */
export async function upcloudBench(): Promise<CloudBench> {
  const emulator = await startUpcloudEmulator({ adminToken });
  afterAll(() => emulator.close());
  const control = upcloudControl({ url: emulator.url, adminToken });
  const notices: ThrottleNotice[] = [];
  const { username, password } = demoUpcloudAccount;
  return {
    label: 'UpCloud',
    plan: '1xCPU-2GB',
    otherPlan: '2xCPU-4GB',
    zone: 'de-fra1',
    sandboxDir: emulator.sandboxDir,
    creating: { method: 'POST', path: '/1.3/server' },
    looking: { method: 'GET', path: '/1.3/server' },
    throttle: { status: 429 },
    notices,
    provider: ({ workspace = 'ws-1', wrongSecret, real, url = emulator.url, ...change } = {}) =>
      createUpcloudProvider({
        baseUrl: url,
        credential: { username, password: wrongSecret ?? password },
        workspace,
        ...(real === undefined && { emulatedServersDir: emulator.sandboxDir }),
        pace: { ...pace, ...change.pace },
        retry,
        onThrottle: (notice) => notices.push(notice),
      }),
    stop: control.stop,
    fault: control.addFault,
    faults: control.faults,
    servers: async () =>
      (await control.servers()).map(({ title: name, uuid: id, state }) => ({ name, id, state })),
    created: async () =>
      (await control.writes()).filter(({ path, status }) => path === '/1.3/server' && status === 202).length,
    change: ({ createMs, full, broken, limit, pageSize }) =>
      control.changeSettings({
        ...(createMs !== undefined && { createMs }),
        ...(full !== undefined && { fullZones: full }),
        ...(broken !== undefined && { brokenTitles: broken }),
        ...(limit !== undefined && { coreLimit: limit }),
        ...(pageSize !== undefined && { pageSize }),
      }),
    reset: async () => {
      notices.length = 0;
      await control.reset();
    },
  };
}

/** Starts an Amazon EC2 of its own for a test file. New instances are unseen there for a moment. */
export async function awsBench(): Promise<CloudBench> {
  const emulator = await startEc2Emulator({ adminToken, settings: { unseenMs: 25 } });
  afterAll(() => emulator.close());
  const control = ec2Control({ url: emulator.url, adminToken });
  const notices: ThrottleNotice[] = [];
  return {
    label: 'Amazon EC2',
    plan: 't3.small',
    otherPlan: 't4g.small',
    zone: 'eu-central-1a',
    sandboxDir: emulator.sandboxDir,
    creating: { path: '/RunInstances' },
    looking: { path: '/DescribeInstances' },
    throttle: { status: 503, code: 'RequestLimitExceeded' },
    notices,
    provider: ({ workspace = 'ws-1', wrongSecret, real, url = emulator.url, ...change } = {}) =>
      createAwsProvider({
        endpoint: url,
        region: 'eu-central-1',
        credential: { ...demoEc2Key, ...(wrongSecret !== undefined && { secretAccessKey: wrongSecret }) },
        workspace,
        ...(real === undefined && { emulatedServersDir: emulator.sandboxDir }),
        pace: { ...pace, ...change.pace },
        retry,
        onThrottle: (notice) => notices.push(notice),
      }),
    stop: control.stop,
    fault: control.addFault,
    faults: control.faults,
    servers: async () =>
      (await control.instances())
        .filter(({ state }) => state !== 'terminated')
        .map(({ id, state, tags }) => ({
          name: tags.find(({ key }) => key === 'Name')?.value ?? '',
          id,
          state,
        })),
    created: async () =>
      (await control.writes()).filter(({ action, status }) => action === 'RunInstances' && status === 200)
        .length,
    change: ({ createMs, full, broken, limit, pageSize }) =>
      control.changeSettings({
        ...(createMs !== undefined && { pendingMs: createMs }),
        ...(full !== undefined && { fullZones: full }),
        ...(broken !== undefined && { brokenNames: broken }),
        ...(limit !== undefined && { vcpuLimit: limit }),
        ...(pageSize !== undefined && { pageSize }),
      }),
    reset: async () => {
      notices.length = 0;
      await control.reset();
    },
  };
}

/** Reports that are kept. */
export interface Kept extends ServerReports {
  readonly ended: Map<string, Server | null>;
  readonly errors: Map<string, SafeError>;
  readonly told: Map<string, number[]>;
  readonly lines: string[];
}

/** Keeps what a provider reports; a name reported twice is a failed test. */
export function keepReports(run = 'run-1'): Kept {
  const ended = new Map<string, Server | null>();
  const errors = new Map<string, SafeError>();
  const told = new Map<string, number[]>();
  const lines: string[] = [];
  const once = (name: string): void => {
    if (ended.has(name) || errors.has(name)) throw new Error(`${name} was reported twice`);
  };
  return {
    ended,
    errors,
    told,
    lines,
    key: (name) => `${run}:servers:${name}`,
    log: async (level, text) => void lines.push(`${level} ${text}`),
    progress: async (name, fraction) => void told.set(name, [...(told.get(name) ?? []), fraction]),
    done: async (name, server) => {
      once(name);
      ended.set(name, server);
    },
    failed: async (name, error) => {
      once(name);
      errors.set(name, error);
    },
  };
}

/** What a promise fails with; a promise that does not fail is a failed test. */
export async function errorOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('expected an error');
}

export const never = new AbortController().signal;
