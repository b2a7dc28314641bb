import { requestedPermissions } from '../permissions.ts';
import { hashText, seededRandom } from '../random.ts';
import type { Stored, TenantWorld, World } from '../world.ts';
import { buildDevices } from './build-devices.ts';
import { buildGroups } from './build-groups.ts';
import { buildPolicies } from './build-policies.ts';
import { directoryRoleDefinitions, intuneRoleDefinitions, scopeTags } from './role-definitions.ts';
import { type DemoTenant, demoTenants } from './tenants.ts';

/** The seed of the demo world; the same seed gives the same ids and names everywhere. */
export const demoSeed = 20_260_105;

/** Builds the whole world from a seed. */
export function buildWorld(seed: number): World {
  return new Map(demoTenants.map((tenant) => [tenant.alias, buildTenant(seed, tenant)]));
}

function buildTenant(seed: number, demo: DemoTenant): TenantWorld {
  const random = seededRandom(seed ^ hashText(demo.alias));
  let seq = 0;
  const nextSeq = (): number => {
    seq += 1;
    return seq;
  };
  const servicePrincipalId = random.uuid();
  const graphServicePrincipalId = random.uuid();
  const groups = buildGroups({ random, count: demo.groups, nextSeq });
  const groupIds = groups.map((group) => group.body.id);
  const policies = buildPolicies({ random, counts: demo.policies, groupIds, nextSeq });
  const wrap = (body: Stored['body']): Stored => ({ seq: nextSeq(), body });
  return {
    alias: demo.alias,
    id: demo.id,
    domain: `${demo.alias}.onmicrosoft.com`,
    displayName: demo.displayName,
    consent: demo.consent,
    consentAnswer: 'grant',
    app: {
      appId: demo.clientId,
      displayName: 'Signalbox',
      servicePrincipalId,
      secret: demo.clientSecret,
      secretExpiresAt: null,
      requested: [...requestedPermissions],
      granted: demo.consent ? [...requestedPermissions] : [],
    },
    policies,
    groups: new Map(groups.map((group) => [group.body.id, group])),
    groupChanges: [],
    deltaFloor: 0,
    devices: buildDevices({ random, count: demo.devices, nextSeq }),
    directoryRoles: directoryRoleDefinitions(random).map(wrap),
    intuneRoles: intuneRoleDefinitions(random).map(wrap),
    scopeTags: scopeTags().map(wrap),
    graphServicePrincipalId,
    nextSeq: seq,
  };
}
