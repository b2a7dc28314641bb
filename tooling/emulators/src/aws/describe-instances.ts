import type { WireReply } from '../http/wire.ts';
import type { Ec2Call } from './context.ts';
import type { Ec2Form } from './form.ts';
import { instanceView } from './instance-view.ts';
import { Ec2Refusal, ec2Answer } from './reply.ts';
import type { Ec2Instance } from './world.ts';

/** DescribeInstances by ids or by filters, in pages. A new instance may be unknown to it for a moment. */
export function describeInstances({ emulator, form, region }: Ec2Call): WireReply {
  const named = form.list('InstanceId');
  const size = form.number('MaxResults');
  if (size !== undefined && named.length > 0) {
    const message = 'The parameter instancesSet cannot be used with the parameter maxResults';
    throw new Ec2Refusal('InvalidParameterCombination', message);
  }
  if (size !== undefined && (size < 5 || size > 1000)) {
    throw new Ec2Refusal('InvalidParameterValue', `Value ( ${size} ) for parameter maxResults is invalid.`);
  }
  const seen = emulator.world.seen(region);
  const chosen = named.length > 0 ? findInstances(seen, named) : seen;
  const found = chosen.filter((instance) =>
    form.structures('Filter').every((filter) => meets(instance, filter)),
  );
  const from = readToken(form.text('NextToken'));
  const length = Math.min(size ?? Number.POSITIVE_INFINITY, emulator.settings.pageSize);
  const page = found.slice(from, from + length);
  const more = from + length < found.length;
  return ec2Answer('DescribeInstances', {
    reservationSet: page.map((instance) => ({
      reservationId: instance.reservation,
      ownerId: '000000000000',
      groupSet: [],
      instancesSet: [instanceView(instance)],
    })),
    nextToken: more ? Buffer.from(`from:${from + length}`).toString('base64url') : undefined,
  });
}

/** Instances by their ids. @throws Ec2Refusal InvalidInstanceID.Malformed or .NotFound, naming the ids */
export function findInstances(seen: readonly Ec2Instance[], ids: readonly string[]): Ec2Instance[] {
  const odd = ids.find((id) => !/^i-[\da-f]{8,17}$/.test(id));
  if (odd !== undefined) throw new Ec2Refusal('InvalidInstanceID.Malformed', `Invalid id: "${odd}"`);
  const missing = ids.filter((id) => !seen.some((instance) => instance.id === id));
  if (missing.length > 0) {
    const text = missing.length === 1 ? `ID '${missing[0]}' does` : `IDs '${missing.join(', ')}' do`;
    throw new Ec2Refusal('InvalidInstanceID.NotFound', `The instance ${text} not exist`);
  }
  return seen.filter(({ id }) => ids.includes(id));
}

function readToken(token: string | undefined): number {
  if (token === undefined) return 0;
  const from = /^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (from === undefined) throw new Ec2Refusal('InvalidPaginationToken', 'The pagination token is invalid.');
  return Number(from);
}

/** Values of one filter are alternatives, with wildcards, as in the real service. */
function meets(instance: Ec2Instance, filter: Ec2Form): boolean {
  const name = filter.needed('Name');
  const wanted = filter.list('Value').map(wildcard);
  return valuesOf(instance, name).some((value) => wanted.some((pattern) => pattern.test(value)));
}

function valuesOf(instance: Ec2Instance, name: string): string[] {
  if (name.startsWith('tag:')) {
    return instance.tags.filter(({ key }) => key === name.slice(4)).map(({ value }) => value);
  }
  switch (name) {
    case 'instance-state-name':
      return [instance.state];
    case 'instance-type':
      return [instance.type];
    case 'availability-zone':
      return [instance.zone];
    case 'client-token':
      return [instance.clientToken ?? ''];
    case 'tag-key':
      return instance.tags.map(({ key }) => key);
    default:
      throw new Ec2Refusal('InvalidParameterValue', `The filter '${name}' is invalid`);
  }
}

/** `*` is any text, `?` any character, and a backslash takes the meaning from what follows it. */
function wildcard(text: string): RegExp {
  const parts = text.match(/\\.|./gs) ?? [];
  const pattern = parts.map((part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    return (part.length > 1 ? part.slice(1) : part).replace(/[\\^$.*+?()[\]{}|]/, '\\$&');
  });
  return new RegExp(`^${pattern.join('')}$`, 's');
}
