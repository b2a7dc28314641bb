/**
 * Application permissions (app roles) of Microsoft Graph that the emulator knows: the name used in
 * documentation and tokens, and the id that an appRoleAssignment carries. The ids are Microsoft's own.
 */
export const graphAppRoles = {
  'Organization.Read.All': '498476ce-e0fe-48b0-b801-37ba7e2685c6',
  'Application.Read.All': '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
  'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  'GroupMember.Read.All': '98830695-27a2-44f7-8c18-0c3ebc9698f6',
  'Group.Read.All': '5b567255-7703-4780-807c-7be8301ae99b',
  'RoleManagement.Read.Directory': '483bed4a-2ad3-4361-a73b-c83ccdbdc53c',
  'DeviceManagementRBAC.Read.All': '58ca0d9a-1575-47e1-a3cb-007ef2e4583b',
  'DeviceManagementConfiguration.Read.All': 'dc377aa6-52d8-4e23-b271-2a7ae04cedf3',
  'DeviceManagementConfiguration.ReadWrite.All': '9241abd9-d0e6-425a-bd4f-47ba86e767a4',
  'DeviceManagementManagedDevices.Read.All': '2f51be20-0bb4-4fed-bf7b-db946066c75e',
} as const;

/** The name of an application permission, for example `GroupMember.Read.All`. */
export type GraphPermission = keyof typeof graphAppRoles;

/** All known permission names. */
export const graphPermissions = Object.keys(graphAppRoles) as GraphPermission[];

/** What the demo applications ask an administrator for: everything the operations need, nothing wider. */
export const requestedPermissions: readonly GraphPermission[] = [
  'Organization.Read.All',
  'Application.Read.All',
  'GroupMember.Read.All',
  'RoleManagement.Read.Directory',
  'DeviceManagementRBAC.Read.All',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementConfiguration.ReadWrite.All',
  'DeviceManagementManagedDevices.Read.All',
];

/** The application id of Microsoft Graph itself, the same in every tenant. */
export const graphResourceAppId = '00000003-0000-0000-c000-000000000000';

/** True when a text names a known permission. */
export function isGraphPermission(text: unknown): text is GraphPermission {
  return typeof text === 'string' && Object.hasOwn(graphAppRoles, text);
}
