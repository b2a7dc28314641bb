import { bootstrapTasks } from '@signalbox/domain/onboarding/tasks';
import { z } from 'zod';

const controlButLines = /[^\P{Cc}\n\t]/u;

/** Text as far as it was typed: kept to the letter, judged when something is done with it. */
function typed(max: number) {
  return z
    .string()
    .max(max)
    .refine((value) => value.isWellFormed() && !controlButLines.test(value), {
      error: 'must not contain control characters or half of a surrogate pair',
    });
}

/**
 * What is typed in the wizard and nothing was done with yet. These fields and no others: a secret goes to its
 * connection alone, and is refused here like every unknown field. By their lengths a draft stays below 16 kB.
 */
export const sessionDraft = z
  .strictObject({
    name: typed(200),
    externalId: typed(200),
    notes: typed(4_000),
    connectionLabel: typed(200),
    clientId: typed(200),
    operations: z.array(z.enum(bootstrapTasks)).max(bootstrapTasks.length),
  })
  .partial()
  .meta({
    id: 'OnboardingDraft',
    description: 'What is typed so far. Never a secret: that goes to its connection alone',
    example: { notes: 'Their change window is on Sundays.' },
  });
