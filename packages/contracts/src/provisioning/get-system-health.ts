import { healthLevels } from '@signalbox/domain/observability/health';
import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { moment } from '../shape/time.ts';
import { envelope } from './batch-envelope.ts';
import { stateFacts } from './state-facts.ts';

/** How well the system is, part by part. */
export const systemHealth = z
  .object({
    overall_status: z.enum(healthLevels),
    components: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: 'The level of each part, and why it is not the best' }),
    last_check: moment.optional(),
  })
  .meta({ id: 'SystemHealthStatus' });

/** How well the system is. */
export const getSystemHealthContract = defineContract(
  {
    ...stateFacts,
    path: '/state/system/health',
    operationId: 'getSystemHealth',
    summary: 'Get system health',
    description:
      'As well as the worst of its parts: database, workers, queue, versions, processor, memory and disk. The thresholds are in the documentation.',
    success: { 200: 'System health status' },
    errors: sessionErrors,
  },
  { input: z.strictObject({}), output: envelope(systemHealth) },
);
