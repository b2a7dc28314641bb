import type { RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import type { NewServer } from '../servers/cloud.ts';
import { effectDigest } from '../servers/effect-digest.ts';
import { tagKeys } from './instance.ts';

/** What every instance of a connection has in common. */
export interface Ec2InstanceSettings {
  /** Identifies the workspace among all that use the account. */
  readonly workspace: string;
  /** Image to run; null for the newest Amazon Linux 2023 of the plan's architecture. */
  readonly image: string | null;
  /** May sign in; nobody can where there is none. */
  readonly sshPublicKey: string | null;
}

/** What RunInstances is asked for. It depends on nothing that changes between attempts, as the client token demands. */
export function runRequest(
  { infra, spec, key, plan }: NewServer,
  settings: Ec2InstanceSettings,
): RunInstancesCommandInput & { ImageId: string } {
  const { name, zone } = spec;
  const tags = {
    Name: name,
    [tagKeys.workspace]: settings.workspace,
    [tagKeys.infra]: infra,
    [tagKeys.name]: name,
  };
  return {
    MinCount: 1,
    MaxCount: 1,
    ClientToken: effectDigest(key),
    ImageId: settings.image ?? newestImage(plan.architecture),
    // Plans come from people, so no list of the library's can be complete.
    InstanceType: spec.plan as RunInstancesCommandInput['InstanceType'],
    Placement: { AvailabilityZone: zone },
    TagSpecifications: [
      { ResourceType: 'instance', Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
    ],
    ...(settings.sshPublicKey !== null && { UserData: cloudConfig(settings.sshPublicKey) }),
  };
}

/** The public parameter under which Amazon names its newest image; RunInstances resolves it by itself. */
function newestImage(architecture: string | null): string {
  const suffix = architecture === 'arm64' ? 'arm64' : 'x86_64';
  return `resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${suffix}`;
}

/** User data that lets a key in, read by cloud-init at the first start. JSON is YAML, so nothing has to be escaped. */
function cloudConfig(sshPublicKey: string): string {
  const config = JSON.stringify({ ssh_authorized_keys: [sshPublicKey] });
  return Buffer.from(`#cloud-config\n${config}\n`).toString('base64');
}
