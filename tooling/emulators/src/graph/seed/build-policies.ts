import { type JsonObject, jsonText } from '../../http/json.ts';
import type { Random } from '../random.ts';
import type { PolicySegment, StoredPolicy } from '../world.ts';
import { type PolicyTemplate, policyTemplates } from './policy-templates.ts';

const rings = ['Baseline', 'Pilot', 'Broad', 'Kiosk', 'Executives', 'Shared devices'] as const;
const regions = ['Global', 'Europe', 'Americas', 'Asia Pacific'] as const;

interface BuildInput {
  random: Random;
  counts: Record<PolicySegment, number>;
  groupIds: readonly string[];
  nextSeq: () => number;
}

/** Makes the policies of a tenant: distinct names, settings of their real types, assignments, scope tags. */
export function buildPolicies(input: BuildInput): Record<PolicySegment, Map<string, StoredPolicy>> {
  return {
    deviceConfigurations: buildSegment(input, 'deviceConfigurations'),
    deviceCompliancePolicies: buildSegment(input, 'deviceCompliancePolicies'),
    configurationPolicies: buildSegment(input, 'configurationPolicies'),
  };
}

function buildSegment(input: BuildInput, segment: PolicySegment): Map<string, StoredPolicy> {
  const templates = policyTemplates[segment];
  const policies = new Map<string, StoredPolicy>();
  for (let index = 0; index < input.counts[segment]; index += 1) {
    const template = templates[index % templates.length];
    if (template === undefined) throw new Error(`no template for ${segment}`);
    const policy = buildPolicy(input, { segment, template, round: Math.floor(index / templates.length) });
    policies.set(policy.body.id, policy);
  }
  return policies;
}

function buildPolicy(
  input: BuildInput,
  shape: { segment: PolicySegment; template: PolicyTemplate; round: number },
): StoredPolicy {
  const { random, nextSeq } = input;
  const { segment, template, round } = shape;
  const ring = rings[round % rings.length] ?? 'Baseline';
  const regionIndex = Math.floor(round / rings.length) % regions.length;
  const name = `${template.title} - ${ring} - ${regions[regionIndex] ?? 'Global'}`;
  const created = Date.UTC(2025, random.integer(12), 1 + random.integer(28), random.integer(24));
  const modified = created + random.integer(200) * 3_600_000;
  const { own, related } = template.make(random);
  const id = random.uuid();
  const assignments = buildAssignments(input, id);
  const common: JsonObject & { id: string } = {
    ...own,
    id,
    description: `${template.title} for ${ring.toLowerCase()} (${regions[regionIndex] ?? 'Global'})`,
    createdDateTime: new Date(created).toISOString(),
    lastModifiedDateTime: new Date(modified).toISOString(),
    roleScopeTagIds: regionIndex === 0 ? ['0'] : ['0', String(regionIndex)],
  };
  const body =
    segment === 'configurationPolicies'
      ? { ...common, name, settingCount: related.length, isAssigned: assignments.length > 0 }
      : { ...common, displayName: name, version: 1 + random.integer(9) };
  return { seq: nextSeq(), body, related, assignments };
}

function buildAssignments(input: BuildInput, policyId: string): JsonObject[] {
  const { random, groupIds } = input;
  const targets: JsonObject[] = [];
  const roll = random.integer(10);
  if (roll === 0) return [];
  if (roll <= 2) targets.push({ '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' });
  if (roll === 3) targets.push({ '@odata.type': '#microsoft.graph.allLicensedUsersAssignmentTarget' });
  if (roll >= 3) {
    const chosen = new Set(Array.from({ length: 1 + random.integer(3) }, () => random.pick(groupIds)));
    for (const groupId of chosen) {
      targets.push({ '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId });
    }
    if (roll === 9) {
      const groupId = random.pick(groupIds.filter((candidate) => !chosen.has(candidate)));
      targets.push({ '@odata.type': '#microsoft.graph.exclusionGroupAssignmentTarget', groupId });
    }
  }
  return targets.map((target) => ({ id: assignmentId(policyId, target), target }));
}

/** Intune names an assignment after its policy and its target. */
export function assignmentId(policyId: string, target: JsonObject): string {
  const groupId = target.groupId;
  if (typeof groupId === 'string') return `${policyId}_${groupId}`;
  const all = jsonText(target['@odata.type']).includes('allDevices')
    ? 'adadadad-808e-44e2-905a-0b7873a8a531'
    : 'acacacac-9df4-4c7d-9d50-4ef0226f57a9';
  return `${policyId}_${all}`;
}
