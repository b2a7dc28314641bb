import { ec2Control } from '@signalbox/emulators/aws/control-client';
import { demoEc2Key, startEc2Emulator } from '@signalbox/emulators/aws/start';
import { upcloudControl } from '@signalbox/emulators/upcloud/control-client';
import { demoUpcloudAccount, startUpcloudEmulator } from '@signalbox/emulators/upcloud/start';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createAwsProvider } from '../../../src/providers/aws/aws-provider.ts';
import { createUpcloudProvider } from '../../../src/providers/upcloud/upcloud-provider.ts';
import { errorOf, keepReports, never } from './support.ts';

const adminToken = 'test-admin-token';
const pace = { firstLookMs: 10, lookCapMs: 30, createMs: 10_000, removeMs: 10_000, unseenMs: 5_000 };

describe('Amazon EC2', async () => {
  const emulator = await startEc2Emulator({ adminToken });
  afterAll(() => emulator.close());
  const control = ec2Control({ url: emulator.url, adminToken });
  beforeEach(() => control.reset());
  const provider = (unseenMs: number) =>
    createAwsProvider({
      endpoint: emulator.url,
      region: 'eu-central-1',
      credential: demoEc2Key,
      workspace: 'ws-1',
      emulatedServersDir: emulator.sandboxDir,
      pace: { ...pace, unseenMs },
    });
  const wanted = (plan: string) => [{ name: 'web-01', plan, zone: 'eu-central-1b' }];
  const crashWhileMaking = async (): Promise<void> => {
    const stop = new AbortController();
    const crash = errorOf(provider(5_000).create('demo', wanted('t3.small'), keepReports(), stop.signal));
    await expect.poll(() => control.instances()).toHaveLength(1);
    stop.abort(new Error('crash'));
    await crash;
  };

  it('an instance that no list shows yet is taken up by its key and not made twice', async () => {
    await control.changeSettings({ unseenMs: 60_000 });
    await crashWhileMaking();
    expect(await provider(5_000).look('demo', never)).toEqual([]);
    const reports = keepReports();
    const making = provider(5_000).create('demo', wanted('t3.small'), reports, never);
    await expect.poll(() => reports.told.get('web-01')?.length ?? 0).toBeGreaterThan(0);
    await control.changeSettings({ unseenMs: 0 });
    await making;
    expect(reports.ended.get('web-01')).toMatchObject({ state: 'running' });
    expect(await control.instances()).toHaveLength(1);
  });

  it('an instance that no list shows yet is not taken for gone when it has to go', async () => {
    await control.changeSettings({ unseenMs: 300 });
    await crashWhileMaking();
    const reports = keepReports();
    await provider(400).remove('demo', ['web-01'], reports, never);
    expect(reports.ended.get('web-01')).toBeNull();
    expect((await control.instances()).map(({ state }) => state)).toEqual(['terminated']);
  });

  it('what a key once made is not made again when it was removed since', async () => {
    const first = keepReports();
    await provider(40).create('demo', wanted('t3.small'), first, never);
    await provider(40).remove('demo', ['web-01'], keepReports(), never);
    const again = keepReports();
    await provider(40).create('demo', wanted('t3.small'), again, never);
    expect(again.errors.get('web-01')?.code).toBe('conflict');
    const other = keepReports('run-2');
    await provider(40).create('demo', wanted('t3.small'), other, never);
    expect(other.ended.get('web-01')).toMatchObject({ state: 'running' });
  });

  it('takes the image that fits the architecture of the plan', async () => {
    const reports = keepReports();
    await provider(40).create('demo', wanted('t4g.small'), reports, never);
    expect(reports.ended.get('web-01')).toMatchObject({ plan: 't4g.small', state: 'running' });
  });
});

describe('UpCloud', async () => {
  const emulator = await startUpcloudEmulator({ adminToken });
  afterAll(() => emulator.close());
  const control = upcloudControl({ url: emulator.url, adminToken });
  const { token } = demoUpcloudAccount;
  const provider = createUpcloudProvider({
    baseUrl: emulator.url,
    credential: { token },
    workspace: 'ws-1',
    emulatedServersDir: emulator.sandboxDir,
    pace: { ...pace, unseenMs: 40 },
  });

  it('opens with a token, gives the disk the size of the plan, and removes it with its server', async () => {
    const reports = keepReports();
    const wanted = [{ name: 'under_score.', plan: '2xCPU-4GB', zone: 'fi-hel1' }];
    await provider.create('demo', wanted, reports, never);
    const disks = async (): Promise<unknown> => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${emulator.url}/1.3/storage/private`, { headers });
      return ((await answer.json()) as { storages: { storage: unknown } }).storages.storage;
    };
    expect(await disks()).toEqual([expect.objectContaining({ size: 80, zone: 'fi-hel1' })]);
    expect((await control.servers())[0]).toMatchObject({ title: 'under_score.', hostname: 'under-score' });
    await provider.remove('demo', ['under_score.'], keepReports('removal'), never);
    expect(await disks()).toEqual([]);
  });
});
