import type { Tenant } from '@signalbox/contracts/workspace/tenant';
import type { TenantDetail } from '@signalbox/contracts/workspace/tenant-detail';
import type { TenantInventory } from '@signalbox/db/queries/inventory/tenant-inventory';
import type { TenantRecord } from '@signalbox/db/queries/inventory/tenants';
import { moment, optionalMoment } from '../time.ts';
import { presentComplianceSnapshot } from './compliance-snapshot.ts';

/** A managed environment of the workspace. */
export function presentTenant(row: TenantRecord): Tenant {
  return { ...row, createdAt: moment(row.createdAt) };
}

/** The same with how much is known of it. */
export function presentTenantDetail(row: TenantRecord, known: TenantInventory): TenantDetail {
  const { groups, roleDefinitions, policies, groupsSyncedAt, compliance } = known;
  return {
    ...presentTenant(row),
    inventory: {
      groups,
      roleDefinitions,
      policies,
      ...optionalMoment('groupsSyncedAt', groupsSyncedAt),
      ...(compliance !== null && { compliance: presentComplianceSnapshot(compliance) }),
    },
  };
}
