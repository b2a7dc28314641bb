import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { envelope } from './batch-envelope.ts';
import { stateFacts } from './state-facts.ts';

const count = z.int().min(0);

/** Counts and load. */
export const systemMetrics = z
  .object({
    total_workflows: count.meta({ description: 'Tasks and batches of the workspace' }),
    active_workflows: count,
    completed_workflows: count.optional(),
    failed_workflows: count.optional(),
    system_load: z
      .object({
        cpu_usage: z.number().min(0).max(100),
        memory_usage: count.meta({ description: 'Memory usage in MB' }),
        disk_usage: z.number().min(0).max(100),
      })
      .optional()
      .meta({ description: 'Of the machine that answers' }),
  })
  .meta({ id: 'SystemMetrics' });

/** Counts of the workspace and load of the host. */
export const getSystemMetricsContract = defineContract(
  {
    ...stateFacts,
    path: '/state/system/metrics',
    operationId: 'getSystemMetrics',
    summary: 'Get system metrics',
    description: 'How many workflows the workspace has, and the load of the machine that answers.',
    success: { 200: 'System metrics' },
    errors: sessionErrors,
  },
  { input: z.strictObject({}), output: envelope(systemMetrics) },
);
