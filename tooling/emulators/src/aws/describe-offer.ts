import type { WireReply } from '../http/wire.ts';
import { ec2Types, ec2Zones } from './catalogue.ts';
import type { Ec2Call } from './context.ts';
import { Ec2Refusal, ec2Answer } from './reply.ts';

/**
 * DescribeInstanceTypes by names or by a filter of names; a name that is not offered makes the whole call fail, one in a
 * filter does not, as at the real service.
 */
export function describeInstanceTypes({ form }: Ec2Call): WireReply {
  const named = form.list('InstanceType');
  const missing = named.filter((name) => !ec2Types.some((type) => type.name === name));
  if (missing.length > 0) {
    const message = `The following supplied instance types do not exist: [${missing.join(', ')}]`;
    throw new Ec2Refusal('InvalidInstanceType', message);
  }
  const filters = form.structures('Filter');
  if (filters.some((filter) => filter.needed('Name') !== 'instance-type')) {
    throw new Ec2Refusal('InvalidParameterValue', 'The emulator knows the filter instance-type only.');
  }
  const found = ec2Types.filter(
    ({ name }) =>
      (named.length === 0 || named.includes(name)) &&
      filters.every((filter) => filter.list('Value').includes(name)),
  );
  return ec2Answer('DescribeInstanceTypes', {
    instanceTypeSet: found.map((type) => ({
      instanceType: type.name,
      currentGeneration: true,
      processorInfo: { supportedArchitectures: [type.architecture] },
      vCpuInfo: { defaultVCpus: type.vcpus },
      memoryInfo: { sizeInMiB: type.memory },
    })),
  });
}

/** DescribeAvailabilityZones of the region the request was signed for. */
export function describeAvailabilityZones({ form, region }: Ec2Call): WireReply {
  const named = form.list('ZoneName');
  const zones = ec2Zones(region);
  const missing = named.find((name) => !zones.includes(name));
  if (missing !== undefined) {
    throw new Ec2Refusal('InvalidParameterValue', `Invalid availability zone: [${missing}]`);
  }
  const found = zones.filter((zone) => named.length === 0 || named.includes(zone));
  return ec2Answer('DescribeAvailabilityZones', {
    availabilityZoneInfo: found.map((zoneName) => ({
      zoneName,
      zoneState: 'available',
      zoneType: 'availability-zone',
      regionName: region,
      messageSet: [],
    })),
  });
}
