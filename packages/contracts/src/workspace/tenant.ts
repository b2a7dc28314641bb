import { canonicalExternalId, longestExternalId } from '@signalbox/domain/inventory/external-id';
import { z } from 'zod';
import { entityId } from '../shape/ids.ts';
import { line, name } from '../shape/text.ts';
import { moment } from '../shape/time.ts';

/** What people call a tenant. */
export const tenantName = name(100).meta({ example: 'Contoso Ltd' });

/** What other systems know a tenant by; folded to its one form, so that no two look alike. */
export const externalId = line(longestExternalId)
  .toLowerCase()
  .refine((text) => canonicalExternalId(text) !== null, {
    error:
      'must be letters a to z, digits, dots, hyphens and underscores, with a letter or digit at both ends, and name one tenant',
  })
  .meta({
    description:
      'A domain, a GUID or an alias of the tenant at its provider; upper case is folded to lower case',
    example: 'contoso.example',
  });

/** What is asked for with a new tenant. */
export const newTenant = z.strictObject({ externalId, name: tenantName });

/** A managed environment inside the workspace. */
export const tenant = z
  .object({
    id: entityId,
    externalId: z.string(),
    name: z.string(),
    connections: z.int().min(0),
    backupSets: z.int().min(0),
    activeRuns: z.int().min(0),
    createdAt: moment,
  })
  .meta({ id: 'Tenant' });
export type Tenant = z.infer<typeof tenant>;
