import { permissionGranted } from '@signalbox/domain/operation/permissions';
import type { GraphClient } from '../../providers/graph/graph-client.ts';
import { GraphFailure } from '../../providers/graph/graph-failure.ts';
import { roleDefinitionLists } from '../../providers/graph/list-role-definitions.ts';
import { readPage } from '../../providers/graph/read-page.ts';

/** How the role definitions of one service can be read; `absent` when the tenant has no such service. */
export type RoleReading = 'readable' | 'permission_missing' | 'provider_refused' | 'absent';

export interface RoleAccess {
  readonly entra: RoleReading;
  readonly intune: RoleReading;
}

const needed = { entra: 'RoleManagement.Read.Directory', intune: 'DeviceManagementRBAC.Read.All' } as const;

/**
 * Tries to read one page of the role definitions of each service. A refusal is an answer.
 * @param granted what the application was granted; null where that may not be read
 * @throws GraphFailure when the service does not answer, asks for a pause or refuses the credential
 */
export async function probeRoleAccess(
  client: GraphClient,
  granted: readonly string[] | null,
): Promise<RoleAccess> {
  const reading = async (service: keyof RoleAccess): Promise<RoleReading> => {
    try {
      await readPage(client, roleDefinitionLists[service]);
      return 'readable';
    } catch (error) {
      const found = error instanceof GraphFailure ? refusalOf(error) : null;
      if (found === null) throw error;
      // A 403 although the permission is granted has another cause.
      const lacks = granted === null || !permissionGranted(needed[service], granted);
      return found === 'permission_missing' && !lacks ? 'provider_refused' : found;
    }
  };
  return { entra: await reading('entra'), intune: await reading('intune') };
}

function refusalOf({ kind }: GraphFailure): Exclude<RoleReading, 'readable'> | null {
  switch (kind) {
    case 'permission':
      return 'permission_missing';
    case 'not_found':
    case 'invalid':
      return 'absent';
    case 'conflict':
      return 'provider_refused';
    default:
      return null;
  }
}
