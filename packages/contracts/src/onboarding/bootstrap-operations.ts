import { bootstrapTasks } from '@signalbox/domain/onboarding/tasks';
import { z } from 'zod';

/** The operations of a bootstrap in the order in which they are done: at least one, each once. */
export const bootstrapOperations = z
  .array(z.enum(bootstrapTasks))
  .min(1)
  .max(bootstrapTasks.length)
  .refine((names) => new Set(names).size === names.length, { error: 'must name each operation once' })
  .meta({ description: 'In the order in which they are done, each once', example: [...bootstrapTasks] });
