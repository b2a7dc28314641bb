import type { ConnectionFinding } from '@signalbox/db/commands/connection/record-check';
import {
  isProviderTenantId,
  type TenantClaim,
  tenantDiffers,
} from '@signalbox/domain/connection/provider-tenant';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { permissionGranted, permissionsNeeded } from '@signalbox/domain/operation/permissions';
import type { GraphClient } from '../../providers/graph/graph-client.ts';
import { GraphFailure } from '../../providers/graph/graph-failure.ts';
import { readGrantedAppRoles } from '../../providers/graph/read-granted-app-roles.ts';
import { type Organization, readOrganization } from '../../providers/graph/read-organization.ts';
import { judgeFailure } from './judge-failure.ts';

/** What a check learned: what is kept with the connection, and what the run shows. Kept as JSON. */
export type CheckedConnection = {
  readonly finding: ConnectionFinding;
  readonly output: JsonObject;
};

/**
 * Signs in, reads the organization and compares granted with needed permissions, and the tenant that was reached with
 * the one that is meant. A credential that is refused or a consent that is missing is a finding, not a failure of the
 * check.
 * @throws GraphFailure `unavailable` or GraphThrottled when nothing could be learned
 */
export async function checkConnection(client: GraphClient, claim: TenantClaim): Promise<CheckedConnection> {
  try {
    const organization = await tolerate403(readOrganization(client));
    const granted = await tolerate403(readGrantedAppRoles(client));
    return compareTenant(compareGranted(organization, granted), { organization, claim });
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    const judgement = await judgeFailure(client, error, []);
    if (judgement.kind !== 'connection') throw error;
    const { finding } = judgement;
    return { finding, output: { ...summary(finding), providerCode: error.code } };
  }
}

/** Null when the permission for a read is missing: that is what a check is for. */
async function tolerate403<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof GraphFailure && error.kind === 'permission') return null;
    throw error;
  }
}

function compareGranted(organization: Organization | null, granted: string[] | null): CheckedConnection {
  const needed = permissionsNeeded('graph');
  // Who may not read the grants lacks at least the permission to read them.
  const missing =
    granted === null
      ? ['Application.Read.All']
      : needed.filter((permission) => !permissionGranted(permission, granted));
  const useless = granted !== null && missing.length === needed.length;
  const healthy = missing.length === 0;
  const finding: ConnectionFinding = {
    consent: 'granted',
    credential: 'present',
    health: healthy ? 'ok' : useless ? 'failing' : 'warning',
    healthReason: healthy ? null : 'permission_missing',
    ...(granted !== null && { granted }),
  };
  return {
    finding,
    output: {
      ...summary(finding),
      missing,
      ...(granted !== null && { granted }),
      ...(organization !== null && {
        organization: organization.displayName,
        organizationId: organization.id,
        domains: [...organization.domains],
      }),
    },
  };
}

/** Work in a tenant that nobody meant is worse than any missing permission. */
function compareTenant(
  checked: CheckedConnection,
  { organization, claim }: { readonly organization: Organization | null; readonly claim: TenantClaim },
): CheckedConnection {
  if (organization === null || !isProviderTenantId(organization.id)) return checked;
  const tenant = organization.id.toLowerCase();
  if (!tenantDiffers(tenant, claim)) {
    return { ...checked, finding: { ...checked.finding, reached: { tenant, mismatch: false } } };
  }
  const finding: ConnectionFinding = {
    ...checked.finding,
    health: 'failing',
    healthReason: 'tenant_mismatch',
    reached: { tenant, mismatch: true },
  };
  return { finding, output: { ...checked.output, ...summary(finding) } };
}

function summary(finding: ConnectionFinding): JsonObject {
  const { health, healthReason, consent, credential } = finding;
  return {
    health,
    ...(healthReason !== null && { reason: healthReason }),
    ...(consent !== undefined && { consent }),
    ...(credential !== undefined && { credential }),
  };
}
