import type { TenantPart } from '../inventory/tenant-page-search.ts';

/** What a run counts without a result of each: far too many to list them here, and they are kept elsewhere. */
export interface Counted {
  /** In the plural. */
  readonly things: string;
  /** The part of the page of the tenant that shows them. */
  readonly part: TenantPart;
  /** The way there. */
  readonly label: string;
}

const counted: Readonly<Record<string, Counted>> = {
  'directory.groups.sync': { things: 'groups', part: 'groups', label: 'See the groups' },
  'directory.role_definitions.sync': {
    things: 'role definitions',
    part: 'roles',
    label: 'See the role definitions',
  },
  'inventory.sync': { things: 'policies', part: 'policies', label: 'See the policies' },
  'compliance.snapshot': { things: 'devices', part: 'compliance', label: 'See the snapshot' },
};

/** What the runs of an operation count; null when each has items with results of their own. */
export function countedBy(operation: string): Counted | null {
  return Object.hasOwn(counted, operation) ? (counted[operation] ?? null) : null;
}
