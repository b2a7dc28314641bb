import type { Json, JsonObject } from '@signalbox/domain/gate/canonical';
import type { GraphCall } from './graph-client.ts';
import { idOf, optionalText } from './read-page.ts';
import { objectsOf, textOf } from './read-pages.ts';

/**
 * Where role definitions are listed. Least permissions: RoleManagement.Read.Directory for Entra,
 * DeviceManagementRBAC.Read.All for Intune.
 */
export const roleDefinitionLists = {
  entra: call(
    '/roleManagement/directory/roleDefinitions',
    'id,displayName,description,isBuiltIn,rolePermissions',
  ),
  intune: call('/deviceManagement/roleDefinitions', 'id,displayName,description,isBuiltIn,rolePermissions'),
} as const;

function call(path: string, select: string): GraphCall {
  return { method: 'GET', version: 'v1.0', path, query: { $select: select } };
}

/** A role definition as its list shows it. */
export interface ListedRoleDefinition {
  readonly externalId: string;
  readonly name: string;
  readonly description: string | null;
  readonly builtIn: boolean;
  /** Allowed actions, each once, in the order of the provider. */
  readonly permissions: readonly string[];
}

/** @throws GraphFailure when the entry is no role definition */
export function readRoleDefinition(entry: JsonObject): ListedRoleDefinition {
  const allowed = objectsOf(entry.rolePermissions).flatMap((part) => [
    // Entra names them here, Intune one level further down.
    ...texts(part.allowedResourceActions),
    ...objectsOf(part.resourceActions).flatMap((action) => texts(action.allowedResourceActions)),
  ]);
  return {
    externalId: idOf(entry),
    name: textOf(entry, 'displayName'),
    description: optionalText(entry, 'description'),
    builtIn: entry.isBuiltIn === true,
    permissions: [...new Set(allowed)],
  };
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
