import { createCloudProvider } from '../servers/cloud-provider.ts';
import { defaultPace, type Pace } from '../servers/pace.ts';
import type { ServerProvider } from '../servers/server-provider.ts';
import { defaultImage } from './server-body.ts';
import { createUpcloudClient, type UpcloudClientOptions } from './upcloud-client.ts';
import { createUpcloudCloud } from './upcloud-cloud.ts';

export interface UpcloudProviderOptions extends UpcloudClientOptions {
  /** Identifies the workspace among all that use the account; up to 255 characters. */
  readonly workspace: string;
  /** Template of the disks; Ubuntu Server 24.04 unless said. */
  readonly image?: string;
  /** Who signs in on a server; `root` unless said. */
  readonly user?: string;
  /** Put on every new server; without it nobody can sign in there. */
  readonly sshPublicKey?: string;
  /** Where the sandbox folders of an emulator are; absent at the real service. */
  readonly emulatedServersDir?: string;
  /** Changes how long and how often servers are waited for; for tests. */
  readonly pace?: Partial<Pace>;
}

/** Servers at UpCloud, through its API 1.3. */
export function createUpcloudProvider(options: UpcloudProviderOptions): ServerProvider {
  const { workspace, image = defaultImage, user = 'root', sshPublicKey = null } = options;
  const pace = { ...defaultPace, ...options.pace };
  const cloud = createUpcloudCloud({
    client: createUpcloudClient(options),
    settings: { workspace, image, user, sshPublicKey },
    reach: { user, emulatedServersDir: options.emulatedServersDir ?? null },
    pace,
  });
  return createCloudProvider(cloud, pace);
}
