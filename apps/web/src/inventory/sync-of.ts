import type { OperationName } from '@signalbox/domain/operation/registry';
import type { TenantPart } from './tenant-page-search.ts';

/** The operation that fills a part of the page of a tenant, and what the part holds. */
export interface SyncOf {
  readonly operation: OperationName;
  /** What is read, in the plural. */
  readonly things: string;
  /** What such things are to somebody who sees none yet. */
  readonly about: string;
}

/** What fills each part. */
export const syncs: Readonly<Record<TenantPart, SyncOf>> = {
  groups: {
    operation: 'directory.groups.sync',
    things: 'groups',
    about:
      'Groups of the tenant’s directory: their names and kinds as last seen, never who belongs to them. A sync reads them all once, and after that what has changed.',
  },
  roles: {
    operation: 'directory.role_definitions.sync',
    things: 'role definitions',
    about: 'Role definitions of Entra and of Intune, built in or made by the tenant, with what each allows.',
  },
  policies: {
    operation: 'inventory.sync',
    things: 'policies',
    about:
      'Policies of the tenant: their names and kinds as last seen. Captures keep their contents; this list says what there is to capture.',
  },
  compliance: {
    operation: 'compliance.snapshot',
    things: 'compliance snapshots',
    about: 'How many managed devices were in which state of compliance at one moment. Each snapshot is kept.',
  },
};
