import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readKeyring } from '@signalbox/db/secrets/read-keyring';
import type { GraphSettings } from './operations/graph/session.ts';
import type { ProvisioningEnvironment } from './operations/provisioning/settings.ts';
import { publicKeyOf } from './transport/public-key.ts';

/** What the worker is told by its environment. No other file of the worker reads it. */
export interface WorkerEnvironment {
  readonly databaseUrl: string;
  readonly slots: number;
  readonly leaseMs: number;
  readonly logLevel: string;
  readonly failpoint: string | undefined;
  readonly graph: GraphSettings;
  readonly provisioning: ProvisioningEnvironment;
  /** Where programs are looked for that commands may run. */
  readonly path: string;
}

/** @throws Error naming a variable that is missing or cannot be */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): WorkerEnvironment {
  const databaseUrl = env.DATABASE_URL;
  if (databaseUrl === undefined || databaseUrl === '') throw new Error('DATABASE_URL is not set.');
  return {
    databaseUrl,
    slots: integer('SIGNALBOX_WORKER_SLOTS', env.SIGNALBOX_WORKER_SLOTS ?? '20', { least: 1, most: 1_000 }),
    leaseMs: integer('SIGNALBOX_LEASE_MS', env.SIGNALBOX_LEASE_MS ?? '30000', {
      least: 1_000,
      most: 600_000,
    }),
    logLevel: env.SIGNALBOX_LOG_LEVEL ?? 'info',
    failpoint: env.SIGNALBOX_FAILPOINT,
    graph: {
      keyring: readKeyring({ keys: env.SIGNALBOX_KEYS, file: env.SIGNALBOX_KEYS_FILE }),
      graphUrl: address('SIGNALBOX_GRAPH_URL', env.SIGNALBOX_GRAPH_URL ?? 'https://graph.microsoft.com'),
      loginUrl: address(
        'SIGNALBOX_GRAPH_LOGIN_URL',
        env.SIGNALBOX_GRAPH_LOGIN_URL ?? 'https://login.microsoftonline.com',
      ),
    },
    provisioning: {
      upcloudUrl: address('SIGNALBOX_UPCLOUD_URL', env.SIGNALBOX_UPCLOUD_URL ?? 'https://api.upcloud.com'),
      awsEndpoint:
        env.SIGNALBOX_AWS_ENDPOINT === undefined
          ? null
          : address('SIGNALBOX_AWS_ENDPOINT', env.SIGNALBOX_AWS_ENDPOINT),
      sandboxDir: resolve(env.SIGNALBOX_SANDBOX_DIR ?? '.signalbox/local-servers'),
      terraformDir: resolve(env.SIGNALBOX_TERRAFORM_DIR ?? '.signalbox/terraform'),
      emulatedServersDir: env.SIGNALBOX_EMULATED_SERVERS_DIR ?? null,
      ...readSsh(env),
    },
    path: env.PATH ?? '',
  };
}

function integer(name: string, text: string, range: { least: number; most: number }): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < range.least || value > range.most) {
    throw new Error(`${name} must be a whole number from ${range.least} to ${range.most}.`);
  }
  return value;
}

function address(name: string, text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new Error(`${name} must be an http or https address.`);
  return text;
}

/** The key a worker signs in with on servers, and the host keys it takes; both or neither. */
function readSsh(env: NodeJS.ProcessEnv): Pick<ProvisioningEnvironment, 'ssh' | 'sshPublicKey'> {
  const { SIGNALBOX_SSH_KEY_FILE: file, SIGNALBOX_SSH_HOST_KEYS: hosts = '' } = env;
  if (file === undefined) return { ssh: null, sshPublicKey: null };
  const privateKey = readFileSync(file, 'utf8');
  const hostKeys = hosts.split(/[\s,]+/).filter((key) => key !== '');
  const sshPublicKey = publicKeyOf(privateKey);
  if (sshPublicKey === null) throw new Error('SIGNALBOX_SSH_KEY_FILE holds no private key that can be read.');
  return { ssh: { privateKey, hostKeys }, sshPublicKey };
}
