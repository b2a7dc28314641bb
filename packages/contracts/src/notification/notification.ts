import { z } from 'zod';
import { nextStep } from '../gate/next-step.ts';
import { reason } from '../gate/reason.ts';
import { runSummary } from '../run/run-summary.ts';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

/** That a run has ended, told once to the person who started it and to nobody else. */
export const notification = z
  .object({
    id: entityId.meta({ description: 'Of the notification, not of the run' }),
    at: moment.meta({ description: 'When the run ended' }),
    readAt: moment.optional().meta({ description: 'Absent until you have read it' }),
    run: runSummary,
    reason: reason.optional().meta({ description: 'Why the run did not succeed' }),
    nextSteps: z.array(nextStep),
    href: z.string().meta({ description: 'The page of the run', example: '/w/ws-default/runs/17' }),
  })
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof notification>;

/** How many notifications are unread. */
export const unreadCount = z
  .int()
  .min(0)
  .max(100)
  .meta({ description: 'How many you have not read; 100 stands for 100 or more' });
