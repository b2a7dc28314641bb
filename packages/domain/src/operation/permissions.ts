import type { Provider } from '../connection/providers.ts';
import { operationNames, operationRule } from './registry.ts';

/** Permissions a connection of a provider needs so that every operation works. */
export function permissionsNeeded(provider: Provider): string[] {
  const wanted = operationNames
    .map(operationRule)
    .filter((rule) => rule.provider === provider)
    .flatMap((rule) => rule.permissions);
  return [...new Set(wanted)].sort();
}

/** Wider permissions that Graph accepts in place of the least one. */
const wider: Readonly<Record<string, readonly string[]>> = {
  'GroupMember.Read.All': ['Group.Read.All', 'Directory.Read.All'],
  'Organization.Read.All': ['Directory.Read.All'],
  'Application.Read.All': ['Directory.Read.All'],
  'RoleManagement.Read.Directory': ['Directory.Read.All'],
};

/** Whether a permission was granted itself or in a wider form; one to write includes the one to read. */
export function permissionGranted(needed: string, granted: readonly string[]): boolean {
  const accepted = [needed, ...(Object.hasOwn(wider, needed) ? (wider[needed] ?? []) : [])];
  return accepted.some(
    (name) => granted.includes(name) || granted.includes(name.replace('.Read.', '.ReadWrite.')),
  );
}
