import { z } from 'zod';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

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
