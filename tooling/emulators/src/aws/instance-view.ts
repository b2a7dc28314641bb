import { ec2Types } from './catalogue.ts';
import { type Ec2Instance, type Ec2State, ec2States } from './world.ts';
import type { Xml } from './xml.ts';

/** A state with its code. */
export function stateOf(state: Ec2State): Xml {
  return { code: ec2States[state], name: state };
}

/** An instance as Run and Describe show it; one without a network has no public address. */
export function instanceView(instance: Ec2Instance): Xml {
  const { state, reason } = instance;
  const reachable = state === 'running' || state === 'pending';
  const dns = reachable
    ? `ec2-${instance.publicAddress.replaceAll('.', '-')}.${instance.region}.compute.amazonaws.com`
    : '';
  return {
    instanceId: instance.id,
    imageId: instance.image,
    instanceState: stateOf(state),
    privateDnsName: `ip-${instance.privateAddress.replaceAll('.', '-')}.${instance.region}.compute.internal`,
    dnsName: dns,
    reason: reason === null || reachable ? '' : reason.message,
    amiLaunchIndex: 0,
    productCodes: [],
    instanceType: instance.type,
    launchTime: new Date(instance.launchedAt).toISOString(),
    placement: { availabilityZone: instance.zone, groupName: '', tenancy: 'default' },
    monitoring: { state: 'disabled' },
    privateIpAddress: state === 'terminated' ? undefined : instance.privateAddress,
    ipAddress: reachable ? instance.publicAddress : undefined,
    groupSet: [],
    architecture: ec2Types.find(({ name }) => name === instance.type)?.architecture ?? 'x86_64',
    rootDeviceType: 'ebs',
    rootDeviceName: '/dev/xvda',
    ...(reason !== null && !reachable && { stateReason: { code: reason.code, message: reason.message } }),
    virtualizationType: 'hvm',
    clientToken: instance.clientToken ?? '',
    tagSet: instance.tags.map(({ key, value }) => ({ key, value })),
    hypervisor: 'xen',
  };
}
