import type { Database } from '@signalbox/db/client/database';
import { createConnection } from '@signalbox/db/commands/connection/create-connection';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import type { ServerProviderName } from '@signalbox/domain/connection/providers';
import { demoEc2Key } from '@signalbox/emulators/aws/start';
import { demoUpcloudAccount } from '@signalbox/emulators/upcloud/start';

interface Wanted {
  readonly provider: ServerProviderName;
  readonly label: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secret: string | null;
}

const wanted: readonly Wanted[] = [
  {
    provider: 'upcloud',
    label: 'UpCloud (emulated)',
    settings: { account: demoUpcloudAccount.username },
    secret: demoUpcloudAccount.password,
  },
  {
    provider: 'aws',
    label: 'Amazon EC2 (emulated)',
    settings: { account: demoEc2Key.accessKeyId, region: 'eu-central-1' },
    secret: demoEc2Key.secretAccessKey,
  },
  { provider: 'local', label: 'This machine', settings: {}, secret: null },
  { provider: 'terraform', label: 'Terraform', settings: {}, secret: null },
];

/** Makes a workspace's connections to the providers of servers that a demo can reach. */
export async function seedServerConnections(
  db: Database,
  author: { readonly workspaceId: string; readonly system: string },
  keyring: Keyring,
): Promise<void> {
  for (const { provider, label, settings, secret } of wanted) {
    await createConnection(db, { author, keyring }, { tenantId: null, provider, label, settings, secret });
  }
}
