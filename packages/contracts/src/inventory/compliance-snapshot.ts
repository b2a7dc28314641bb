import { z } from 'zod';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

/** How many managed devices were in which state of compliance at one moment. */
export const complianceSnapshot = z
  .object({
    id: entityId,
    runId: entityId.meta({ description: 'The run that took it' }),
    devices: z.int().min(0),
    states: z
      .record(z.string(), z.int().min(0))
      .meta({ description: 'Devices by the provider’s word for their state', example: { compliant: 1512 } }),
    takenAt: moment,
  })
  .meta({ id: 'ComplianceSnapshot' });
export type ComplianceSnapshot = z.infer<typeof complianceSnapshot>;
