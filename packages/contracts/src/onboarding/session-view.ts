import { evidenceStatuses } from '@signalbox/domain/onboarding/evidence';
import { sessionStatuses } from '@signalbox/domain/onboarding/session';
import { onboardingTasks } from '@signalbox/domain/onboarding/tasks';
import { z } from 'zod';
import { nextStep } from '../gate/next-step.ts';
import { reason } from '../gate/reason.ts';
import { connectionRef, tenantRef } from '../run/run-parts.ts';
import { runSummary } from '../run/run-summary.ts';
import { entityId } from '../shape/ids.ts';
import { jsonObject } from '../shape/json.ts';
import { moment } from '../shape/time.ts';
import { bootstrapView } from './bootstrap-view.ts';

export const evidenceStatus = z.enum(evidenceStatuses).meta({
  id: 'EvidenceStatus',
  description: '`unknown`: nobody has looked, or what was seen is more than 24 hours old',
});

export const onboardingTask = z.enum(onboardingTasks).meta({ example: 'onboarding.consent.verify' });

/** A task of the board: how it stands, why, and what helps. */
export const taskView = z
  .object({
    task: onboardingTask,
    label: z.string(),
    status: evidenceStatus,
    reason: reason.optional(),
    message: z.string().optional().meta({ description: 'What was seen, as one plain sentence' }),
    recordedAt: moment.optional().meta({ description: 'When it was seen' }),
    lastRun: runSummary.optional().meta({ description: 'The newest run that has ended' }),
    activeRun: runSummary.optional().meta({ description: 'The run that is under way' }),
    nextSteps: z.array(nextStep),
  })
  .meta({ id: 'OnboardingTask' });
export type TaskView = z.infer<typeof taskView>;

/** Who edits it. Without a holder it is free. */
const lockView = z
  .object({
    holder: z.string().optional().meta({ description: 'The username' }),
    until: moment.optional(),
    mine: z.boolean(),
    version: z.int().min(0).meta({ description: 'Sent with each change: an older one is refused (409)' }),
  })
  .meta({ id: 'OnboardingLock' });

const common = {
  id: entityId,
  tenant: tenantRef,
  connection: connectionRef.optional().meta({ description: 'The connection that was chosen' }),
  status: z.enum(sessionStatuses).meta({
    id: 'OnboardingStatus',
    description:
      '`draft`: opened and not edited yet. `in_progress`: until its bootstrap completes it or somebody abandons it',
  }),
  step: z.int().min(1).max(5),
  assignee: z
    .object({ id: entityId, username: z.string() })
    .optional()
    .meta({ description: 'The member it is given to' }),
  lock: lockView,
  stalled: z.boolean().meta({ description: 'Nothing has changed in it for 24 hours' }),
  endReason: z.string().optional().meta({ description: 'Why it was abandoned' }),
  createdAt: moment,
  updatedAt: moment,
  finishedAt: moment.optional(),
};

/** An onboarding as a list shows it. */
export const sessionSummary = z
  .object({
    ...common,
    tasks: z.array(z.object({ task: onboardingTask, status: evidenceStatus })),
  })
  .meta({ id: 'OnboardingSessionSummary' });
export type SessionSummary = z.infer<typeof sessionSummary>;

/** What a caller may do with a session, and why not. */
const sessionAction = z.object({
  action: z.enum(['edit', 'take_over', 'advance', 'bootstrap', 'abandon']),
  refused: z.string().optional().meta({ description: 'Why you cannot now; left out when you can' }),
});

/** An onboarding with everything its wizard shows, for one caller. */
export const sessionView = z
  .object({
    ...common,
    steps: z.array(
      z.object({
        step: z.int().min(1).max(5),
        label: z.string(),
        state: z.enum(['done', 'current', 'attention', 'later']).meta({
          description: '`attention`: it was passed, and what it stands on is no longer so',
        }),
        obstacle: z.string().optional().meta({ description: 'What it still needs to be passed' }),
      }),
    ),
    tasks: z.array(taskView),
    draft: jsonObject.meta({ description: 'What is typed so far, field by field' }),
    keptDraft: jsonObject.optional().meta({
      description: 'What you had typed when somebody else took the lock, where it is not in the draft',
    }),
    bootstrap: bootstrapView.optional(),
    actions: z.array(sessionAction),
  })
  .meta({ id: 'OnboardingSessionDetail' });
export type SessionView = z.infer<typeof sessionView>;

/** The version of the lock under which a change is made. */
export const lockVersion = z
  .int()
  .min(0)
  .max(2_147_483_647)
  .meta({ description: '`lock.version` as you saw it', example: 3 });
