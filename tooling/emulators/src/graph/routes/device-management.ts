import type { Route } from '../context.ts';
import { listReply } from '../list-reply.ts';

const both = ['v1.0', 'beta'] as const;
const intune = { method: 'GET', versions: both, area: 'intune' } as const;

/** Intune objects that are only read: devices, role definitions, scope tags. */
export const deviceManagementRoutes: readonly Route[] = [
  {
    ...intune,
    pattern: /^\/deviceManagement\/managedDevices$/,
    anyOf: ['DeviceManagementManagedDevices.Read.All'],
    handle: (call) => listReply(call, call.tenant.devices),
  },
  {
    ...intune,
    pattern: /^\/deviceManagement\/roleDefinitions$/,
    anyOf: ['DeviceManagementRBAC.Read.All'],
    handle: (call) => listReply(call, call.tenant.intuneRoles),
  },
  {
    ...intune,
    versions: ['beta'],
    pattern: /^\/deviceManagement\/roleScopeTags$/,
    anyOf: ['DeviceManagementRBAC.Read.All'],
    handle: (call) => listReply(call, call.tenant.scopeTags),
  },
];
