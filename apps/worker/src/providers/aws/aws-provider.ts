import { createCloudProvider } from '../servers/cloud-provider.ts';
import { defaultPace, type Pace } from '../servers/pace.ts';
import type { ServerProvider } from '../servers/server-provider.ts';
import { createAwsCloud } from './aws-cloud.ts';
import { createEc2Client, type Ec2ClientOptions } from './ec2-client.ts';

export interface AwsProviderOptions extends Ec2ClientOptions {
  /** Identifies the workspace among all that use the account; up to 255 characters. */
  readonly workspace: string;
  /** Image to run; the newest Amazon Linux 2023 of the plan's architecture unless said. */
  readonly image?: string;
  /** Who signs in on an instance; `ec2-user` unless said. */
  readonly user?: string;
  /** Put on every new instance; without it nobody can sign in there. */
  readonly sshPublicKey?: string;
  /** Where the sandbox folders of an emulator are; absent at the real service. */
  readonly emulatedServersDir?: string;
  /** Changes how long and how often instances are waited for; for tests. */
  readonly pace?: Partial<Pace>;
}

/**
 * Servers at Amazon EC2, in one region. They are put into the region's default network and security group; reaching
 * them takes a rule there that lets the worker in.
 */
export function createAwsProvider(options: AwsProviderOptions): ServerProvider {
  const { workspace, image = null, user = 'ec2-user', sshPublicKey = null } = options;
  const cloud = createAwsCloud({
    calls: createEc2Client(options),
    settings: { workspace, image, sshPublicKey },
    reach: { user, emulatedServersDir: options.emulatedServersDir ?? null },
  });
  return createCloudProvider(cloud, { ...defaultPace, ...options.pace });
}
