import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { comparePolicy, updatePayload } from '@signalbox/domain/backup/compare-policy';
import { policyKinds, policyText } from '@signalbox/domain/backup/policy';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { assignPolicy } from '../../src/providers/graph/assign-policy.ts';
import { createPolicy } from '../../src/providers/graph/create-policy.ts';
import { findMissingGroups } from '../../src/providers/graph/find-missing-groups.ts';
import { findPoliciesByName } from '../../src/providers/graph/find-policies-by-name.ts';
import type { GraphClient } from '../../src/providers/graph/graph-client.ts';
import { listPolicies, type PolicySummary } from '../../src/providers/graph/list-policies.ts';
import { type LivePolicy, readPolicy } from '../../src/providers/graph/read-policy.ts';
import { updatePolicy } from '../../src/providers/graph/update-policy.ts';
import { failureOf, startGraphBench } from './support.ts';

const bench = await startGraphBench();
let client: GraphClient;
beforeEach(async () => {
  await bench.control.reset();
  client = bench.client();
});

const segments = {
  deviceConfiguration: 'deviceConfigurations',
  deviceCompliancePolicy: 'deviceCompliancePolicies',
  configurationPolicy: 'configurationPolicies',
} as const;

async function listAll(kind: (typeof policyKinds)[number]): Promise<{ all: PolicySummary[]; pages: number }> {
  const all: PolicySummary[] = [];
  let pages = 0;
  for await (const page of listPolicies(client, kind)) {
    all.push(...page);
    pages += 1;
  }
  return { all, pages };
}

/** A policy of a kind that is assigned to groups. */
async function anyAssigned(kind: (typeof policyKinds)[number]): Promise<LivePolicy> {
  for (const { id } of (await listAll(kind)).all) {
    const policy = await readPolicy(client, { kind, id });
    if (policy.assignments.length > 0) return policy;
  }
  throw new Error('no assigned policy');
}

describe('listing', () => {
  it('walks every page of every kind, empty ones too, and misses nothing', async () => {
    const counts = [];
    for (const kind of policyKinds) counts.push((await listAll(kind)).all.length);
    expect(counts).toEqual([130, 40, 70]);
    expect((await listAll('deviceConfiguration')).pages).toBe(3);
  });

  it('survives a throttle between two pages', async () => {
    await bench.control.changeSettings({ throttleOncePerWalk: { retryAfterSeconds: 1 } });
    expect(new Set((await listAll('deviceConfiguration')).all.map(({ id }) => id)).size).toBe(130);
    expect(bench.notices).toHaveLength(1);
  });

  it('refuses a nextLink that leads to another origin and sends it nothing', async () => {
    const requests: string[] = [];
    const thief = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(thief, 'listening');
    onTestFinished(() => void thief.close());
    const { port } = thief.address() as AddressInfo;
    for (const link of [
      `http://127.0.0.1:${port}/v1.0/groups`,
      'not a link',
      bench.url.replace('http:', 'https:'),
    ]) {
      expect(await failureOf(client.follow(link))).toMatchObject({
        kind: 'invalid',
        code: 'next_link_elsewhere',
      });
    }
    expect(requests).toEqual([]);
  });
});

describe.each(policyKinds)('%s', (kind) => {
  it('is read whole: settings, assignments and scope tags, without what the provider made', async () => {
    const policy = await anyAssigned(kind);
    expect(policy.scopeTags).toContain('0');
    expect(policy.payload).not.toHaveProperty('id');
    expect(policy.payload).not.toHaveProperty('lastModifiedDateTime');
    expect(policy.assignments[0]).not.toHaveProperty('id');
    if (kind === 'configurationPolicy') expect(policy.payload.settings).not.toHaveLength(0);
    if (kind === 'deviceCompliancePolicy') expect(policy.payload.scheduledActionsForRule).toHaveLength(1);
  });

  it('a deleted policy is created again equal to what was captured', async () => {
    const captured = await anyAssigned(kind);
    await bench.control.deletePolicy({ tenant: 'contoso', segment: segments[kind], id: captured.id });
    expect((await failureOf(readPolicy(client, captured))).kind).toBe('not_found');
    const id = await createPolicy(client, { ...captured, effectKey: 'r:create' });
    await assignPolicy(client, { ...captured, id, effectKey: 'r:assign' });
    expect(policyText(await readPolicy(client, { kind, id }))).toBe(policyText(captured));
    const sameName = await findPoliciesByName(client, captured);
    expect(sameName.map((policy) => policy.id)).toEqual([id]);
    expect(comparePolicy(captured, { live: null, sameName }).change).toBe('skip');
  });

  it('a changed policy is put back, and then there is nothing left to do', async () => {
    const captured = await anyAssigned(kind);
    const place = { tenant: 'contoso', segment: segments[kind], id: captured.id };
    const related = {
      deviceConfiguration: {},
      deviceCompliancePolicy: {
        scheduledActionsForRule: [{ ruleName: 'Other', scheduledActionConfigurations: [] }],
      },
      configurationPolicy: { settings: [] },
    }[kind];
    await bench.control.editPolicy(place, {
      description: 'meddled',
      extra: true,
      roleScopeTagIds: ['2'],
      ...related,
    });
    await assignPolicy(client, { ...captured, assignments: [], effectKey: 'meddle' });
    const live = await readPolicy(client, captured);
    const verdict = comparePolicy(captured, { live, sameName: [] });
    expect(verdict.change).toBe('update');
    expect(verdict.changed).toEqual(
      expect.arrayContaining(['/assignments', '/description', '/extra', '/scopeTags']),
    );
    const payload = updatePayload(captured, live);
    await updatePolicy(client, { ...captured, payload, effectKey: 'r:update' });
    await assignPolicy(client, { ...captured, effectKey: 'r:assign' });
    const after = await readPolicy(client, captured);
    expect(comparePolicy(captured, { live: after, sameName: [] })).toEqual({ change: 'skip', changed: [] });
    const keys = (await bench.control.ledger()).map(({ effectKey }) => effectKey);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('conflicts', () => {
  it('an object that became another type is a conflict, and so is a name taken by another policy', async () => {
    const captured = await anyAssigned('deviceConfiguration');
    const place = { tenant: 'contoso', segment: 'deviceConfigurations', id: captured.id } as const;
    await bench.control.editPolicy(place, { '@odata.type': '#microsoft.graph.macOSCustomConfiguration' });
    const live = await readPolicy(client, captured);
    expect(comparePolicy(captured, { live, sameName: [] })).toMatchObject({ reason: 'type_changed' });
    await bench.control.deletePolicy(place);
    await bench.control.createPolicy('contoso', 'deviceConfigurations', {
      '@odata.type': '#microsoft.graph.iosGeneralDeviceConfiguration',
      displayName: captured.name,
    });
    const sameName = await findPoliciesByName(client, captured);
    expect(comparePolicy(captured, { live: null, sameName })).toMatchObject({ reason: 'name_taken' });
  });
});

describe('groups', () => {
  it('those that do not exist are named', async () => {
    const captured = await anyAssigned('configurationPolicy');
    const ids = captured.assignments.map(({ target }) => (target as { groupId?: string }).groupId ?? 'gone');
    expect(await findMissingGroups(client, [...ids, 'missing'])).toContain('missing');
  });
});
