import type { Instance } from '@aws-sdk/client-ec2';
import { addressOf, type Reach } from '../servers/address.ts';
import type { CloudServer } from '../servers/cloud.ts';

/** Tags by which instances of ours are found again. */
export const tagKeys = {
  workspace: 'signalbox:workspace',
  infra: 'signalbox:infra',
  name: 'signalbox:name',
  /** Set by the emulator only: the sandbox folder that stands for the instance. */
  sandbox: 'signalbox:emulator-sandbox',
} as const;

/** An instance as the flow sees it; null when it is gone, none of ours or unreadable. */
export function readInstance(instance: Instance, reach: Reach): CloudServer | null {
  const { InstanceId: externalId, InstanceType: plan, Placement: placement, State: state } = instance;
  const zone = placement?.AvailabilityZone;
  const tag = (key: string): string | null => instance.Tags?.find(({ Key }) => Key === key)?.Value ?? null;
  const name = tag(tagKeys.name);
  if (externalId === undefined || plan === undefined || zone === undefined || name === null) return null;
  if (state?.Name === 'terminated') return null;
  const ours = stateOf(state?.Name);
  const whereabouts = { ip: instance.PublicIpAddress ?? null, sandbox: tag(tagKeys.sandbox) };
  return {
    externalId,
    name,
    plan,
    zone,
    state: ours,
    address: ours === 'running' ? addressOf(whereabouts, reach) : null,
    leaving: state?.Name === 'shutting-down',
    progress: null,
  };
}

function stateOf(name: string | undefined): CloudServer['state'] {
  if (name === 'running') return 'running';
  return name === 'stopped' ? 'stopped' : 'starting';
}
