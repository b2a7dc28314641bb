import { createHash } from 'node:crypto';
import type { WireReply } from '../http/wire.ts';
import { ec2Images, ec2Types, ec2Zones } from './catalogue.ts';
import type { Ec2Call } from './context.ts';
import type { Ec2Form } from './form.ts';
import { instanceView } from './instance-view.ts';
import { Ec2Refusal, ec2Answer } from './reply.ts';
import type { Ec2Instance } from './world.ts';

/**
 * RunInstances for one instance: a repeat with the same client token is answered with the same instance, whatever
 * became of it; another request with that token is refused.
 */
export function runInstances({ emulator, form, region }: Ec2Call): WireReply {
  const { world, settings } = emulator;
  const clientToken = form.text('ClientToken') ?? null;
  if (clientToken !== null && !/^[\x21-\x7e]{1,64}$/.test(clientToken)) {
    throw new Ec2Refusal('InvalidParameterValue', 'The client token is longer than 64 ASCII characters.');
  }
  const wanted = readRequest(form, region);
  const before = world
    .all()
    .find((each) => each.region === region && clientToken !== null && each.clientToken === clientToken);
  if (before !== undefined) {
    if (before.fingerprint === wanted.fingerprint) return answer(before);
    throw new Ec2Refusal(
      'IdempotentParameterMismatch',
      'The request uses the same client token as a previous, but non-identical request.',
    );
  }
  const vcpus = world
    .all()
    .filter(({ state }) => state !== 'terminated')
    .map(({ type }) => vcpusOf(type));
  if (vcpus.reduce((sum, each) => sum + each, vcpusOf(wanted.type)) > settings.vcpuLimit) {
    throw new Ec2Refusal(
      'VcpuLimitExceeded',
      `You have requested more vCPU capacity than your current vCPU limit of ${settings.vcpuLimit} allows.`,
    );
  }
  if (settings.fullZones.includes(wanted.zone)) {
    const message = `We currently do not have sufficient ${wanted.type} capacity in the Availability Zone you requested (${wanted.zone}).`;
    throw new Ec2Refusal('InsufficientInstanceCapacity', message, 500);
  }
  return answer(world.create({ ...wanted, region, clientToken }));
}

function vcpusOf(type: string): number {
  return ec2Types.find(({ name }) => name === type)?.vcpus ?? 0;
}

function answer(instance: Ec2Instance): WireReply {
  const { reservation } = instance;
  const body = {
    reservationId: reservation,
    ownerId: '000000000000',
    groupSet: [],
    instancesSet: [instanceView(instance)],
  };
  return ec2Answer('RunInstances', body);
}

function readRequest(
  form: Ec2Form,
  region: string,
): Pick<Ec2Instance, 'zone' | 'type' | 'image' | 'tags' | 'fingerprint'> {
  if (form.needed('MinCount') !== '1' || form.needed('MaxCount') !== '1') {
    throw new Ec2Refusal('UnsupportedOperation', 'The emulator makes one instance at a time.');
  }
  const type = form.text('InstanceType') ?? 'm1.small';
  const known = ec2Types.find(({ name }) => name === type);
  if (known === undefined) {
    throw new Ec2Refusal('InvalidParameterValue', `Invalid value '${type}' for InstanceType.`);
  }
  const imageId = form.needed('ImageId');
  const image = Object.hasOwn(ec2Images, imageId) ? ec2Images[imageId] : undefined;
  if (image === undefined) {
    throw new Ec2Refusal('InvalidAMIID.NotFound', `The image id '[${imageId}]' does not exist`);
  }
  if (image.architecture !== known.architecture) {
    const message = `The architecture '${known.architecture}' of the specified instance type does not match the architecture '${image.architecture}' of the specified AMI.`;
    throw new Ec2Refusal('InvalidParameterValue', message);
  }
  const zone = form.text('Placement.AvailabilityZone') ?? `${region}a`;
  if (!ec2Zones(region).includes(zone)) {
    throw new Ec2Refusal('InvalidParameterValue', `Invalid availability zone: [${zone}]`);
  }
  const tags = readTags(form);
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([type, imageId, zone, tags, form.text('UserData') ?? '']))
    .digest('hex');
  return { zone, type, image: image.id, tags, fingerprint };
}

function readTags(form: Ec2Form): { key: string; value: string }[] {
  const own = form.structures('TagSpecification').filter((each) => each.text('ResourceType') === 'instance');
  const tags = own.flatMap((each) =>
    each.structures('Tag').map((tag) => ({ key: tag.needed('Key'), value: tag.text('Value') ?? '' })),
  );
  const wrong = tags.find(
    ({ key, value }) => key.length > 128 || value.length > 256 || key.startsWith('aws:'),
  );
  if (wrong !== undefined || tags.length > 50 || new Set(tags.map(({ key }) => key)).size < tags.length) {
    throw new Ec2Refusal(
      'InvalidParameterValue',
      'A tag is too long, reserved, given twice, or one too many.',
    );
  }
  return tags;
}
