import type { GraphClient } from './graph-client.ts';
import { objectsOf, readAll, textOf } from './read-pages.ts';

/**
 * Names of the application permissions granted to our application in the tenant, sorted, for example
 * `DeviceManagementConfiguration.Read.All`. An assignment carries only an id; the name is asked of the resource that
 * defines it. Least permission: Application.Read.All.
 */
export async function readGrantedAppRoles(client: GraphClient): Promise<string[]> {
  const get = { method: 'GET', version: 'v1.0' } as const;
  const own = `/servicePrincipals(appId='${encodeURIComponent(client.clientId)}')`;
  const assignments = await readAll(client, { ...get, path: `${own}/appRoleAssignments` });
  const names = new Set<string>();
  for (const resourceId of new Set(assignments.map((entry) => textOf(entry, 'resourceId')))) {
    const path = `/servicePrincipals/${encodeURIComponent(resourceId)}`;
    const resource = await client.send({ ...get, path, query: { $select: 'appId,appRoles' } });
    const granted = new Set(
      assignments.filter((entry) => entry.resourceId === resourceId).map((entry) => entry.appRoleId),
    );
    for (const { id, value } of objectsOf(resource.appRoles)) {
      if (granted.has(id) && typeof value === 'string') names.add(value);
    }
  }
  return [...names].sort();
}
