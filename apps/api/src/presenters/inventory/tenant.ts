import type { Tenant } from '@signalbox/contracts/workspace/tenant';
import type { getTenant } from '@signalbox/db/queries/inventory/tenants';
import { moment } from '../time.ts';

/** A managed environment of the workspace. */
export function presentTenant(row: NonNullable<Awaited<ReturnType<typeof getTenant>>>): Tenant {
  return { ...row, createdAt: moment(row.createdAt) };
}
