import type { Random } from '../random.ts';
import type { Stored } from '../world.ts';

const directoryRoles = [
  ['62e90394-69f5-4237-9190-012177145e10', 'Global Administrator'],
  ['3a2c62db-5318-420d-8d74-23affee5d9d5', 'Intune Administrator'],
  ['fdd7a751-b60b-444a-984c-02652fe8fa1c', 'Groups Administrator'],
  ['f2ef992c-3afb-46b9-b7cf-a126ee74c451', 'Global Reader'],
  ['194ae4cb-b126-40b2-bd5b-6091b380977d', 'Security Administrator'],
  ['5d6b6bb7-de71-4623-b4af-96380a352509', 'Security Reader'],
  ['fe930be7-5e62-47db-91af-98c3a49a38b1', 'User Administrator'],
  ['729827e3-9c14-49f7-bb1b-9608f156bbb8', 'Helpdesk Administrator'],
] as const;

const intuneRoles = [
  'Policy and Profile manager',
  'School Administrator',
  'Help Desk Operator',
  'Application Manager',
  'Endpoint Security Manager',
  'Read Only Operator',
  'Intune Role Administrator',
] as const;

/** Entra role definitions: the built-in ones by their well-known ids and two custom ones. */
export function directoryRoleDefinitions(random: Random): Stored['body'][] {
  const custom = ['Policy reviewer', 'Onboarding desk'].map((name) => [random.uuid(), name] as const);
  return [...directoryRoles, ...custom].map(([id, displayName], index) => ({
    id,
    templateId: id,
    displayName,
    description: `${displayName} role`,
    isBuiltIn: index < directoryRoles.length,
    isEnabled: true,
    resourceScopes: ['/'],
    rolePermissions: [{ allowedResourceActions: ['microsoft.directory/groups/standard/read'] }],
  }));
}

/** Intune role definitions, the built-in set. */
export function intuneRoleDefinitions(random: Random): Stored['body'][] {
  return intuneRoles.map((displayName) => ({
    '@odata.type': '#microsoft.graph.deviceAndAppManagementRoleDefinition',
    id: random.uuid(),
    displayName,
    description: `Built-in role: ${displayName}`,
    isBuiltIn: true,
    rolePermissions: [
      { resourceActions: [{ allowedResourceActions: ['Microsoft.Intune_DeviceConfigurations_Read'] }] },
    ],
  }));
}

/** Role scope tags; `0` is the default tag every tenant has. */
export function scopeTags(): Stored['body'][] {
  return ['Default', 'Europe', 'Americas', 'Asia Pacific'].map((displayName, index) => ({
    id: String(index),
    displayName,
    description: index === 0 ? 'Applied when no other tag is chosen' : `Objects of ${displayName}`,
    isBuiltIn: index === 0,
  }));
}
