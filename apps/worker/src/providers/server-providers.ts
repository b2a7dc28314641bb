import type { ServerAccess } from '@signalbox/db/queries/connection/server-access';
import type { CommandRuntime } from '../process/command-runtime.ts';
import { createAwsProvider } from './aws/aws-provider.ts';
import { createLocalProvider } from './local/local-provider.ts';
import type { ServerProvider } from './servers/server-provider.ts';
import { createTerraformProvider } from './terraform/terraform-provider.ts';
import { createUpcloudProvider } from './upcloud/upcloud-provider.ts';

/** Where the providers of servers are, from the point of view of this process. */
export interface ServerProviderSettings {
  /** `https://api.upcloud.com`, or where an emulator listens. */
  readonly upcloudUrl: string;
  /** Where an emulator of EC2 listens; null for the region's own address. */
  readonly awsEndpoint: string | null;
  /** Where the sandbox folders of emulated servers are; null at the real services. */
  readonly emulatedServersDir: string | null;
  /** Below it the servers of the provider `local` are folders. */
  readonly sandboxDir: string;
  /** Below it terraform keeps a directory for each infra. */
  readonly terraformDir: string;
  /** Put on every new server, so that a worker can sign in there; null where it need not. */
  readonly sshPublicKey: string | null;
}

/** The provider behind a connection, as one workspace sees it. */
export function openServerProvider(
  access: ServerAccess,
  workspace: string,
  settings: ServerProviderSettings & { readonly runtime: CommandRuntime },
): ServerProvider {
  const { account = '', region = '' } = access.settings;
  const secret = access.secret ?? '';
  const { upcloudUrl, awsEndpoint, emulatedServersDir, sshPublicKey, runtime } = settings;
  const shared = {
    workspace,
    ...(emulatedServersDir !== null && { emulatedServersDir }),
    ...(sshPublicKey !== null && { sshPublicKey }),
  };
  switch (access.provider) {
    case 'upcloud':
      return createUpcloudProvider({
        ...shared,
        baseUrl: upcloudUrl,
        credential: { username: account, password: secret },
      });
    case 'aws':
      return createAwsProvider({
        ...shared,
        region,
        credential: { accessKeyId: account, secretAccessKey: secret },
        ...(awsEndpoint !== null && { endpoint: awsEndpoint }),
      });
    case 'local': {
      const sh = runtime.executables.get('sh') ?? null;
      return createLocalProvider({ root: settings.sandboxDir, workspace, sh });
    }
    case 'terraform':
      return createTerraformProvider({ root: settings.terraformDir, workspace, runtime });
    default:
      throw new Error(`There is no provider ${access.provider}.`);
  }
}
