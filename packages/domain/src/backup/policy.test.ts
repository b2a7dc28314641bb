import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../gate/canonical.ts';
import { assignmentGroups, mapAssignments, normaliseAssignments } from './assignments.ts';
import { comparePolicy, policyDifferences, updatePayload } from './compare-policy.ts';
import { differences } from './differences.ts';
import { normalisePolicy } from './normalise-policy.ts';
import { type PolicyImage, policyText } from './policy.ts';

const leaf = fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.boolean(), fc.constant(null));
const anyPayload = fc
  .dictionary(
    fc.constantFrom(
      'a',
      'b',
      'c/d',
      'e~f',
      'id',
      'version',
      'x@odata.nextLink',
      '@odata.type',
      'settings',
      '__proto__',
    ),
    fc.oneof(
      leaf,
      fc.array(leaf, { maxLength: 3 }),
      fc.array(fc.dictionary(fc.constantFrom('id', 'k'), leaf), { maxLength: 2 }),
    ),
  )
  .map((payload) => payload as JsonObject);
const groupTarget = (groupId: string, exclude = false): JsonObject => ({
  target: {
    '@odata.type': exclude
      ? '#microsoft.graph.exclusionGroupAssignmentTarget'
      : '#microsoft.graph.groupAssignmentTarget',
    groupId,
  },
});
const anyAssignments = fc.array(
  fc
    .tuple(fc.constantFrom('g1', 'g2', 'g3'), fc.boolean())
    .map(([group, exclude]) => groupTarget(group, exclude)),
  { maxLength: 5 },
);
const anyImage = fc.record({
  kind: fc.constant('deviceConfiguration' as const),
  name: fc.constant('N'),
  payload: anyPayload.map(normalisePolicy),
  assignments: anyAssignments,
  scopeTags: fc.array(fc.constantFrom('0', '1', '2'), { maxLength: 3 }),
});
const image = (change: Partial<PolicyImage> = {}): PolicyImage => ({
  kind: 'deviceConfiguration',
  name: 'Ring',
  payload: { '@odata.type': '#x', displayName: 'Ring', length: 8, nested: { pin: 6 } },
  assignments: [groupTarget('g1')],
  scopeTags: ['0'],
  ...change,
});

describe('normalisePolicy', () => {
  it('strips what the provider made and keeps the type', () => {
    const payload = {
      '@odata.context': 'c',
      '@odata.type': '#x',
      id: '1',
      version: 3,
      createdDateTime: 'then',
      lastModifiedDateTime: 'now',
      roleScopeTagIds: ['0'],
      'settings@odata.nextLink': 'n',
      settings: [{ id: '0', settingInstance: { '@odata.type': '#y', id: 'meant' } }],
      displayName: 'Kept',
    };
    expect(normalisePolicy(payload)).toEqual({
      '@odata.type': '#x',
      settings: [{ settingInstance: { '@odata.type': '#y', id: 'meant' } }],
      displayName: 'Kept',
    });
  });

  it('normalising twice is the same as once', () => {
    fc.assert(
      fc.property(anyPayload, (payload) => {
        const once = normalisePolicy(payload);
        expect(normalisePolicy(once)).toEqual(once);
      }),
    );
  });
});

describe('policyText', () => {
  it('does not depend on the order of keys, assignments or scope tags', () => {
    fc.assert(
      fc.property(anyImage, (policy) => {
        const shuffled = {
          ...policy,
          payload: Object.fromEntries(Object.entries(policy.payload).reverse()),
          assignments: [...policy.assignments].reverse(),
          scopeTags: [...policy.scopeTags].reverse(),
        };
        expect(policyText(shuffled)).toBe(policyText(policy));
      }),
    );
  });

  it('two images of one text do not differ', () => {
    fc.assert(
      fc.property(anyImage, anyImage, (left, right) => {
        if (policyText(left) === policyText(right)) expect(policyDifferences(left, right)).toEqual([]);
      }),
    );
  });
});

describe('differences', () => {
  it('names each changed place by its pointer', () => {
    const left = { a: 1, b: { 'c/d': 1 }, list: [1, 2], same: null };
    const right = { a: 2, b: { 'c/d': 2 }, list: [1, 3] };
    expect(differences(left, right)).toEqual(['/a', '/b/c~1d', '/list/1']);
  });

  it('is the same read from either side and empty for equal values', () => {
    fc.assert(
      fc.property(anyPayload, anyPayload, (left, right) => {
        expect(differences(left, right)).toEqual(differences(right, left));
        expect(differences(left, structuredCloneOf(left))).toEqual([]);
      }),
    );
  });
});

const structuredCloneOf = (payload: JsonObject): JsonObject => JSON.parse(JSON.stringify(payload));

describe('comparePolicy', () => {
  it('skips what is equal, also when it was saved again since', () => {
    expect(comparePolicy(image(), { live: image(), sameName: [] })).toEqual({ change: 'skip', changed: [] });
  });

  it('updates what differs and says where', () => {
    const live = image({
      payload: { '@odata.type': '#x', displayName: 'Ring', length: 9, nested: { pin: 7 } },
      assignments: [],
      scopeTags: ['1'],
    });
    expect(comparePolicy(image(), { live, sameName: [] })).toEqual({
      change: 'update',
      changed: ['/assignments', '/length', '/nested/pin', '/scopeTags'],
    });
  });

  it('refuses to overwrite an object of another type, template or platform', () => {
    const other = (payload: JsonObject) => ({ live: image({ payload }), sameName: [] });
    expect(comparePolicy(image(), other({ '@odata.type': '#y' }))).toMatchObject({ reason: 'type_changed' });
    const item = image({ payload: { templateReference: { templateId: 'a' }, platforms: 'windows10' } });
    expect(
      comparePolicy(item, other({ templateReference: { templateId: 'b' }, platforms: 'windows10' })),
    ).toMatchObject({
      change: 'conflict',
      reason: 'template_changed',
    });
    expect(
      comparePolicy(item, other({ templateReference: { templateId: 'a' }, platforms: 'macOS' })),
    ).toMatchObject({
      reason: 'template_changed',
    });
  });

  it('creates what is gone, skips an equal twin, and refuses when the name went to another policy', () => {
    expect(comparePolicy(image(), { live: null, sameName: [] }).change).toBe('create');
    expect(comparePolicy(image(), { live: null, sameName: [image()] }).change).toBe('skip');
    const taken = image({ payload: { '@odata.type': '#x', displayName: 'Ring', length: 12 } });
    expect(comparePolicy(image(), { live: null, sameName: [taken] })).toMatchObject({
      change: 'conflict',
      reason: 'name_taken',
    });
  });

  it('after the update it asks for there is nothing left to do', () => {
    fc.assert(
      fc.property(anyImage, anyImage, (item, live) => {
        const verdict = comparePolicy(item, { live, sameName: [] });
        if (verdict.change !== 'update') return;
        // An update merges what it names, as PATCH does.
        const payload = { ...live.payload, ...updatePayload(item, live) };
        expect(comparePolicy(item, { live: { ...item, payload }, sameName: [] }).change).toBe('skip');
      }),
    );
  });
});

describe('assignments', () => {
  it('lose ids and sources but keep exclusions apart from inclusions', () => {
    const made = { id: 'p_g1', source: 'direct', ...groupTarget('g1') };
    expect(normaliseAssignments([made, groupTarget('g1'), groupTarget('g1', true)])).toHaveLength(2);
  });

  it('maps groups, leaves out those mapped to null and says so, and keeps the rest', () => {
    const all = { target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' } };
    const mapped = mapAssignments([groupTarget('g1'), groupTarget('g2', true), groupTarget('g3'), all], {
      g1: 'n1',
      g2: null,
    });
    expect(assignmentGroups(mapped.assignments)).toEqual(['g3', 'n1']);
    expect(mapped.assignments).toContainEqual(all);
    expect(mapped.dropped).toEqual([groupTarget('g2', true)]);
  });

  it('an empty mapping changes nothing but the order, and no captured group survives a full one', () => {
    fc.assert(
      fc.property(anyAssignments, (assignments) => {
        expect(mapAssignments(assignments, {}).assignments).toEqual(normaliseAssignments(assignments));
        const all = mapAssignments(assignments, { g1: 'x', g2: 'y', g3: null });
        expect(assignmentGroups(all.assignments).every((id) => id === 'x' || id === 'y')).toBe(true);
      }),
    );
  });
});
