import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { NewServer } from '../servers/cloud.ts';
import { effectDigest } from '../servers/effect-digest.ts';

/** Labels by which servers of ours are found again. */
export const labelKeys = {
  workspace: 'signalbox_workspace',
  infra: 'signalbox_infra',
  name: 'signalbox_name',
  key: 'signalbox_key',
  /** Set by the emulator only: the sandbox folder that stands for the server. */
  sandbox: 'signalbox_emulator_sandbox',
} as const;

/** What every server of a connection has in common. */
export interface UpcloudServerSettings {
  /** Identifies the workspace among all that use the account. */
  readonly workspace: string;
  /** Template that the disk is cloned from. */
  readonly image: string;
  /** Who signs in, with which key; nobody can where there is none. */
  readonly user: string;
  readonly sshPublicKey: string | null;
}

/** Ubuntu Server 24.04 LTS, one of the public templates of UpCloud. */
export const defaultImage = '01000000-0000-4000-8000-000030240200';

/** Disk of a plan that names none, in GB. */
const usualDiskGb = 25;

/** The body of `POST /1.3/server`. */
export function serverBody(
  { infra, spec, key, plan }: NewServer,
  settings: UpcloudServerSettings,
): JsonObject {
  const { name, zone } = spec;
  const labels = {
    [labelKeys.workspace]: settings.workspace,
    [labelKeys.infra]: infra,
    [labelKeys.name]: name,
    [labelKeys.key]: effectDigest(key),
  };
  const size = plan.diskGb === null || plan.diskGb === 0 ? usualDiskGb : plan.diskGb;
  return {
    server: {
      zone,
      title: name,
      hostname: hostnameOf(name),
      plan: spec.plan,
      labels: { label: Object.entries(labels).map(([label, value]) => ({ key: label, value })) },
      // Templates with cloud-init are refused without it.
      metadata: 'yes',
      password_delivery: 'none',
      login_user: {
        username: settings.user,
        create_password: 'no',
        ssh_keys: { ssh_key: settings.sshPublicKey === null ? [] : [settings.sshPublicKey] },
      },
      networking: {
        interfaces: {
          interface: [
            { type: 'public', ip_addresses: { ip_address: [{ family: 'IPv4' }] } },
            { type: 'utility', ip_addresses: { ip_address: [{ family: 'IPv4' }] } },
          ],
        },
      },
      storage_devices: {
        storage_device: [{ action: 'clone', storage: settings.image, title: `${name} disk`, size }],
      },
    },
  };
}

/** A name as a name of a host, which knows no underscores and no hyphen at an edge. */
export function hostnameOf(name: string): string {
  const parts = name.split('.').map((part) => part.replaceAll('_', '-').replace(/^-+|-+$/g, ''));
  return parts.filter((part) => part !== '').join('.');
}
