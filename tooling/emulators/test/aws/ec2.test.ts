import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ec2Control } from '../../src/aws/control-client.ts';
import { demoEc2Key, startEc2Emulator } from '../../src/aws/start.ts';
import { signedHeaders } from './sign.ts';

const adminToken = 'test-admin-token';
const directory = mkdtempSync(join(tmpdir(), 'ec2-emulator-'));
const kept = { adminToken, stateDir: join(directory, 'state'), sandboxDir: join(directory, 'servers') };
let emulator = await startEc2Emulator(kept);
afterAll(async () => {
  await emulator.close();
  rmSync(directory, { recursive: true, force: true });
});
const control = () => ec2Control({ url: emulator.url, adminToken });
beforeEach(() => control().reset());

interface Answer {
  status: number;
  text: string;
  /** Code of an error; undefined in an answer. */
  code: string | undefined;
  /** Contents of all elements of a name. */
  all(name: string): string[];
}

interface How {
  key?: { accessKeyId: string; secretAccessKey: string };
  region?: string;
  at?: Date;
  headers?: Record<string, string>;
}

async function ask(action: string, parameters: Record<string, string> = {}, how: How = {}): Promise<Answer> {
  const form = new URLSearchParams({ Action: action, Version: '2016-11-15', ...parameters }).toString();
  const { key = demoEc2Key, region = 'eu-central-1', at = new Date() } = how;
  const headers = how.headers ?? signedHeaders(emulator.url, form, { key, region, at });
  const response = await fetch(`${emulator.url}/`, { method: 'POST', headers, body: form });
  const text = await response.text();
  const all = (name: string): string[] =>
    [...text.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map((match) => match[1] ?? '');
  return { status: response.status, text, code: all('Code')[0], all };
}

const wanted = (change: Record<string, string> = {}): Record<string, string> => ({
  MinCount: '1',
  MaxCount: '1',
  ImageId: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
  InstanceType: 't3.small',
  'Placement.AvailabilityZone': 'eu-central-1a',
  'TagSpecification.1.ResourceType': 'instance',
  'TagSpecification.1.Tag.1.Key': 'Name',
  'TagSpecification.1.Tag.1.Value': 'a <b> & "c"',
  ...change,
});
const run = async (change?: Record<string, string>): Promise<string> =>
  (await ask('RunInstances', wanted(change))).all('instanceId')[0] ?? '';
const stateOf = async (id: string): Promise<string | undefined> =>
  /<instanceState><code>\d+<\/code><name>([a-z-]+)</.exec(
    (await ask('DescribeInstances', { 'InstanceId.1': id })).text,
  )?.[1];

describe('signatures', () => {
  it('are checked for the key, the secret, the clock and the body', async () => {
    expect((await ask('DescribeInstances')).status).toBe(200);
    const { accessKeyId, secretAccessKey } = demoEc2Key;
    const other = { key: { accessKeyId: 'AKIANOBODY', secretAccessKey } };
    expect(await ask('DescribeInstances', {}, other)).toMatchObject({ status: 401, code: 'AuthFailure' });
    const wrong = { key: { accessKeyId, secretAccessKey: 'wrong' } };
    expect(await ask('DescribeInstances', {}, wrong)).toMatchObject({
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
    const late = { at: new Date(Date.now() - 600_000) };
    expect((await ask('DescribeInstances', {}, late)).code).toBe('RequestExpired');
    expect((await ask('DescribeInstances', {}, { headers: {} })).code).toBe('MissingAuthenticationToken');
    const shapeless = { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=x' } };
    expect((await ask('DescribeInstances', {}, shapeless)).code).toBe('IncompleteSignature');
    const by = { key: demoEc2Key, region: 'eu-central-1', at: new Date() };
    const stolen = { headers: signedHeaders(emulator.url, 'Action=DescribeInstances', by) };
    expect((await ask('TerminateInstances', {}, stolen)).code).toBe('SignatureDoesNotMatch');
  });
});

describe('an instance', () => {
  it('is pending, runs, shuts down and stays described as terminated', async () => {
    const made = await ask('RunInstances', wanted());
    expect(made.status).toBe(200);
    expect(made.text).toContain('<instanceState><code>0</code><name>pending</name>');
    expect(made.text).toContain('<value>a &lt;b&gt; &amp; &quot;c&quot;</value>');
    const id = made.all('instanceId')[0] ?? '';
    await expect.poll(() => stateOf(id)).toBe('running');
    expect(existsSync(join(kept.sandboxDir, id))).toBe(true);
    const ended = await ask('TerminateInstances', { 'InstanceId.1': id });
    expect(ended.text).toContain('<currentState><code>32</code><name>shutting-down</name></currentState>');
    expect(ended.text).toContain('<previousState><code>16</code><name>running</name></previousState>');
    await expect.poll(() => stateOf(id)).toBe('terminated');
    expect((await ask('TerminateInstances', { 'InstanceId.1': id })).status).toBe(200);
    expect(existsSync(join(kept.sandboxDir, id))).toBe(false);
    await control().changeSettings({ terminatedMs: 0 });
    await expect.poll(() => stateOf(id)).toBeUndefined();
  });

  it('stops and starts', async () => {
    const id = await run();
    expect((await ask('StopInstances', { 'InstanceId.1': id })).code).toBe('IncorrectInstanceState');
    await expect.poll(() => stateOf(id)).toBe('running');
    await ask('StopInstances', { 'InstanceId.1': id });
    await expect.poll(() => stateOf(id)).toBe('stopped');
    await ask('StartInstances', { 'InstanceId.1': id });
    await expect.poll(() => stateOf(id)).toBe('running');
  });

  it('is made once for one client token, and the token takes no other request', async () => {
    const token = { ClientToken: 'token-1' };
    const ids = await Promise.all([run(token), run(token), run(token)]);
    expect(new Set(ids).size).toBe(1);
    const other = await ask('RunInstances', wanted({ ...token, InstanceType: 't3.micro' }));
    expect(other).toMatchObject({ status: 400, code: 'IdempotentParameterMismatch' });
    await ask('TerminateInstances', { 'InstanceId.1': ids[0] ?? '' });
    expect(await run(token)).toBe(ids[0]);
    expect(await run({ ClientToken: 'token-2' })).not.toBe(ids[0]);
  });

  it('is unknown for a moment, except to a repeat of its own request', async () => {
    await control().changeSettings({ unseenMs: 60_000 });
    const id = await run({ ClientToken: 'token-1' });
    expect(await run({ ClientToken: 'token-1' })).toBe(id);
    expect((await ask('DescribeInstances')).all('instanceId')).toEqual([]);
    expect((await ask('DescribeInstances', { 'InstanceId.1': id })).code).toBe('InvalidInstanceID.NotFound');
    expect((await ask('TerminateInstances', { 'InstanceId.1': id })).code).toBe('InvalidInstanceID.NotFound');
    await control().changeSettings({ unseenMs: 0 });
    expect((await ask('DescribeInstances')).all('instanceId')).toEqual([id]);
  });

  it('that is told to break ends terminated with a reason', async () => {
    await control().changeSettings({ brokenNames: ['bad'], pendingMs: 0 });
    const id = await run({ 'TagSpecification.1.Tag.1.Value': 'bad' });
    const answer = await ask('DescribeInstances', { 'InstanceId.1': id });
    expect(answer.text).toContain('<stateReason><code>Server.InternalError</code>');
    expect(await stateOf(id)).toBe('terminated');
  });

  it.each([
    ['InvalidParameterValue', { InstanceType: 't99.huge' }],
    ['InvalidParameterValue', { 'Placement.AvailabilityZone': 'us-east-1a' }],
    ['InvalidParameterValue', { InstanceType: 't4g.small' }],
    ['InvalidAMIID.NotFound', { ImageId: 'ami-0' }],
    ['MissingParameter', { ImageId: '' }],
    ['InvalidParameterValue', { ClientToken: 'x'.repeat(65) }],
    ['InvalidParameterValue', { 'TagSpecification.1.Tag.1.Key': 'aws:mine' }],
  ])('is refused with %s', async (code, change) => {
    expect(await ask('RunInstances', wanted(change))).toMatchObject({ status: 400, code });
    expect(await control().instances()).toEqual([]);
  });

  it('is refused when the account or the zone is full', async () => {
    await control().changeSettings({ fullZones: ['eu-central-1a'] });
    const full = await ask('RunInstances', wanted());
    expect(full).toMatchObject({ status: 500, code: 'InsufficientInstanceCapacity' });
    await control().changeSettings({ fullZones: [], vcpuLimit: 3 });
    await run();
    expect(await ask('RunInstances', wanted())).toMatchObject({ status: 400, code: 'VcpuLimitExceeded' });
  });
});

describe('describing', () => {
  it('filters by tag, state and type, and goes in pages within one region', async () => {
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'x*'])
      ids.push(await run({ 'TagSpecification.1.Tag.1.Value': name }));
    const filtered = async (name: string, ...values: string[]): Promise<string[]> => {
      const list = values.map((value, index) => [`Filter.1.Value.${index + 1}`, value]);
      return (await ask('DescribeInstances', { 'Filter.1.Name': name, ...Object.fromEntries(list) })).all(
        'instanceId',
      );
    };
    expect(await filtered('tag:Name', 'a', 'c')).toEqual([ids[0], ids[2]]);
    expect(await filtered('tag:Name', '*')).toHaveLength(7);
    expect(await filtered('tag:Name', '\\*')).toEqual([]);
    expect(await filtered('tag:Name', 'x\\*')).toEqual([ids[6]]);
    expect(await filtered('instance-type', 't3.micro')).toEqual([]);
    const first = await ask('DescribeInstances', { MaxResults: '5' });
    expect(first.all('instanceId')).toEqual(ids.slice(0, 5));
    const next = { MaxResults: '5', NextToken: first.all('nextToken')[0] ?? '' };
    const second = await ask('DescribeInstances', next);
    expect(second.all('instanceId')).toEqual(ids.slice(5));
    expect(second.all('nextToken')).toEqual([]);
    expect((await ask('DescribeInstances', { NextToken: 'x' })).code).toBe('InvalidPaginationToken');
    expect((await ask('DescribeInstances', { MaxResults: '4' })).code).toBe('InvalidParameterValue');
    const both = await ask('DescribeInstances', { MaxResults: '5', 'InstanceId.1': ids[0] ?? '' });
    expect(both.code).toBe('InvalidParameterCombination');
    expect((await ask('DescribeInstances', {}, { region: 'eu-west-1' })).all('instanceId')).toEqual([]);
    expect((await ask('DescribeInstances', { 'InstanceId.1': 'x' })).code).toBe(
      'InvalidInstanceID.Malformed',
    );
  });

  it('tells types and zones', async () => {
    const named = await ask('DescribeInstanceTypes', {
      'InstanceType.1': 't3.small',
      'InstanceType.2': 'no.such',
    });
    expect(named.code).toBe('InvalidInstanceType');
    const filter = {
      'Filter.1.Name': 'instance-type',
      'Filter.1.Value.1': 't4g.small',
      'Filter.1.Value.2': 'no.such',
    };
    const filtered = await ask('DescribeInstanceTypes', filter);
    expect(filtered.all('instanceType')).toEqual(['t4g.small']);
    expect(filtered.text).toContain('<supportedArchitectures><item>arm64</item></supportedArchitectures>');
    const zones = await ask('DescribeAvailabilityZones', {}, { region: 'eu-west-1' });
    expect(zones.all('zoneName')).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
  });
});

describe('trouble', () => {
  it('comes on demand, and with a limit', async () => {
    await control().addFault({
      match: { path: '/DescribeInstances' },
      times: 1,
      status: 503,
      code: 'RequestLimitExceeded',
    });
    expect(await ask('DescribeInstances')).toMatchObject({ status: 503, code: 'RequestLimitExceeded' });
    expect((await ask('DescribeInstances')).status).toBe(200);
    await control().changeSettings({ rateLimit: { windowMs: 60_000, requests: 1 } });
    await ask('DescribeInstances');
    expect(await ask('DescribeInstances')).toMatchObject({ status: 503, code: 'RequestLimitExceeded' });
  });

  it('an action that is none is refused, and nobody without the token reaches the control plane', async () => {
    expect((await ask('DeleteEverything')).code).toBe('InvalidAction');
    expect((await ask('constructor')).code).toBe('InvalidAction');
    expect((await fetch(`${emulator.url}/__emulator/instances`)).status).toBe(404);
  });
});

it('instances outlive the emulator', async () => {
  const id = await run();
  await expect.poll(() => stateOf(id)).toBe('running');
  await emulator.close();
  emulator = await startEc2Emulator(kept);
  expect(await stateOf(id)).toBe('running');
});
