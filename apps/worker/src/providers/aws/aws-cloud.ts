import type { DescribeInstancesCommandInput, Instance } from '@aws-sdk/client-ec2';
import type { Reach } from '../servers/address.ts';
import type { Cloud, CloudServer, OfferedPlan } from '../servers/cloud.ts';
import { ServerFailure } from '../servers/server-failure.ts';
import type { Ec2Calls } from './ec2-client.ts';
import { readInstance, tagKeys } from './instance.ts';
import { type Ec2InstanceSettings, runRequest } from './run-request.ts';

export interface AwsCloudOptions {
  readonly calls: Ec2Calls;
  readonly settings: Ec2InstanceSettings;
  readonly reach: Reach;
}

/** The greatest page the service gives. */
const pageSize = 1000;

/** Amazon EC2 as the flow of making and removing servers sees it. */
export function createAwsCloud({ calls, settings, reach }: AwsCloudOptions): Cloud {
  const describe = async (input: DescribeInstancesCommandInput, signal: AbortSignal): Promise<Instance[]> => {
    const found: Instance[] = [];
    let token: string | undefined;
    do {
      const page = await calls((client, sdk, options) => {
        const more = token === undefined ? {} : { NextToken: token };
        return client.send(new sdk.DescribeInstancesCommand({ ...input, ...more }), options);
      }, signal);
      for (const { Instances } of page.Reservations ?? []) found.push(...(Instances ?? []));
      token = page.NextToken === '' ? undefined : page.NextToken;
    } while (token !== undefined);
    return found;
  };
  const ofOurs = (instances: readonly Instance[]): CloudServer[] =>
    instances.flatMap((instance) => readInstance(instance, reach) ?? []);

  return {
    label: 'Amazon EC2',
    async list(infra, signal) {
      const filters = [
        { Name: `tag:${tagKeys.workspace}`, Values: [literal(settings.workspace)] },
        { Name: `tag:${tagKeys.infra}`, Values: [literal(infra)] },
      ];
      return ofOurs(await describe({ Filters: filters, MaxResults: pageSize }, signal));
    },
    async offer(plans, signal) {
      const zones = await calls(
        (client, sdk, options) => client.send(new sdk.DescribeAvailabilityZonesCommand({}), options),
        signal,
      );
      const names = (zones.AvailabilityZones ?? []).map(({ ZoneName }) => ZoneName);
      return {
        plans: await offeredPlans(calls, plans, signal),
        zones: new Set(names.filter((name) => name !== undefined)),
      };
    },
    async begin(server, signal) {
      const input = runRequest(server, settings);
      const answer = await calls(
        (client, sdk, options) => client.send(new sdk.RunInstancesCommand(input), options),
        signal,
      );
      const [instance] = answer.Instances ?? [];
      const made = instance === undefined ? null : readInstance(instance, reach);
      // What the key once made may have been removed since; it is not made again under the same key.
      if (made === null)
        throw new ServerFailure({ kind: 'conflict', code: 'terminated', status: 200, effect: 'none' });
      return made;
    },
    async start({ externalId }, signal) {
      const input = { InstanceIds: [externalId] };
      await calls(
        (client, sdk, options) => client.send(new sdk.StartInstancesCommand(input), options),
        signal,
      );
    },
    look: async (externalId, signal) => {
      try {
        return ofOurs(await describe({ InstanceIds: [externalId] }, signal))[0] ?? null;
      } catch (error) {
        return nullWhenMissing(error);
      }
    },
    async end({ externalId, leaving }, signal) {
      if (leaving) return;
      const input = { InstanceIds: [externalId] };
      try {
        await calls(
          (client, sdk, options) => client.send(new sdk.TerminateInstancesCommand(input), options),
          signal,
        );
      } catch (error) {
        nullWhenMissing(error);
      }
    },
  };
}

/** Names that are no type are left out of the answer of a filter, while a list of them would be refused as a whole. */
async function offeredPlans(
  calls: Ec2Calls,
  plans: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, OfferedPlan>> {
  const offered = new Map<string, OfferedPlan>();
  // A filter takes at most 200 values.
  for (let from = 0; from < plans.length; from += 200) {
    const filter = { Name: 'instance-type', Values: plans.slice(from, from + 200).map(literal) };
    let token: string | undefined;
    do {
      const page = await calls((client, sdk, options) => {
        const more = token === undefined ? {} : { NextToken: token };
        return client.send(new sdk.DescribeInstanceTypesCommand({ Filters: [filter], ...more }), options);
      }, signal);
      for (const { InstanceType: name, ProcessorInfo: processor } of page.InstanceTypes ?? []) {
        const architectures: readonly string[] = processor?.SupportedArchitectures ?? [];
        const architecture = architectures.includes('x86_64') ? 'x86_64' : (architectures[0] ?? null);
        if (name !== undefined) offered.set(name, { diskGb: null, architecture });
      }
      token = page.NextToken === '' ? undefined : page.NextToken;
    } while (token !== undefined);
  }
  return offered;
}

/** A value of a filter that stands for itself: `*`, `?` and `\` would be more than characters there. */
function literal(text: string): string {
  return text.replace(/[\\*?]/g, '\\$&');
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof ServerFailure && error.facts.kind === 'missing') return null;
  throw error;
}
