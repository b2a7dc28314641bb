import { z } from 'zod';
import { complianceSnapshot } from '../inventory/compliance-snapshot.ts';
import { moment } from '../shape/time.ts';
import { tenant } from './tenant.ts';

/** What is known of a tenant. */
const inventory = z.object({
  groups: z.int().min(0),
  roleDefinitions: z.int().min(0),
  policies: z.int().min(0),
  groupsSyncedAt: moment.optional().meta({ description: 'Left out before the first sync of groups' }),
  compliance: complianceSnapshot
    .optional()
    .meta({ description: 'The newest compliance snapshot; left out before the first' }),
});

/** A tenant with how much is known of it: what is there, not what is gone. */
export const tenantDetail = tenant.extend({ inventory }).meta({ id: 'TenantDetail' });
export type TenantDetail = z.infer<typeof tenantDetail>;
