import { runActions } from '@signalbox/domain/run/actions';
import { z } from 'zod';
import { nextStep } from '../gate/next-step.ts';
import { entityId } from '../shape/ids.ts';
import { jsonObject } from '../shape/json.ts';
import { moment } from '../shape/time.ts';
import { initiatorKinds } from './run-words.ts';

/** Items of a run. `succeeded + failed + skipped <= total`, and equal at the end. */
export const runCounts = z
  .object({
    total: z.int().min(0),
    succeeded: z.int().min(0),
    failed: z.int().min(0),
    skipped: z.int().min(0),
  })
  .meta({ id: 'RunCounts' });

/** The tenant a run works on, as a label beside its ids. */
export const tenantRef = z
  .object({ id: entityId, externalId: z.string(), name: z.string() })
  .meta({ id: 'TenantRef' });

/** The provider connection a run uses. */
export const connectionRef = z.object({ id: entityId, label: z.string() }).meta({ id: 'ConnectionRef' });

/** Who started a run; `username` is absent for the system, and the name of the key where a key did. */
export const initiator = z
  .object({
    kind: z.enum(initiatorKinds),
    username: z.string().optional(),
    apiKey: z.string().optional().meta({ description: 'The API key that acted for this person' }),
  })
  .meta({ id: 'Initiator' });

/** Why a run did not succeed, in words fit for everyone who may see it. */
export const safeError = z
  .object({
    code: z.string().meta({ example: 'items_failed' }),
    message: z.string(),
    nextSteps: z.array(nextStep),
    context: jsonObject.optional().meta({ description: 'Ids, codes and counts only' }),
  })
  .meta({ id: 'SafeError' });

/** What a run that has not ended stands before: nothing waits without a stated cause. */
export const waiting = z
  .object({
    gate: z.string().meta({ description: 'What it waits at', example: 'worker' }),
    sentence: z.string(),
    holder: z.string().optional().meta({ description: 'Who holds it' }),
    since: moment,
    until: moment.optional(),
    freedBy: z.string().meta({ description: 'Who or what may free it', example: 'the next free worker' }),
  })
  .meta({ id: 'Waiting' });

/** An action with its verdict for this caller; a refused one says why. */
export const allowedAction = z
  .object({
    action: z.enum(runActions),
    allowed: z.boolean(),
    reason: z.string().optional(),
    allowedFrom: moment.optional().meta({ description: 'When it will be allowed, if nothing changes' }),
  })
  .meta({ id: 'AllowedAction' });

/** The sentence and the buttons of the "what's happening, what next" card. */
export const whatNext = z
  .object({ sentence: z.string(), nextSteps: z.array(nextStep) })
  .meta({ id: 'WhatNext' });

/** What stands before a run that waits for a worker. */
export const queuePlace = z
  .object({
    ahead: z.int().min(0).meta({ description: 'Runs of the workspace that are due earlier, at most 1,000' }),
    oldest: z.object({ runId: entityId, since: moment }).optional(),
    liveWorkers: z.int().min(0),
  })
  .meta({ id: 'QueuePlace' });

/** Who asked for a cancel, and why. */
export const cancelNote = z
  .object({ at: moment, by: z.string().optional(), reason: z.string().optional() })
  .meta({ id: 'CancelNote' });

/** Failed items that failed alike. */
export const failureKind = z
  .object({
    code: z.string(),
    label: z.string(),
    message: z.string(),
    count: z.int().min(1),
    example: z.string().meta({ description: 'The first of them, by name' }),
  })
  .meta({ id: 'FailureKind' });

/** Progress a running operation reported; `percent` only when a total is known. */
export const runProgress = z
  .object({
    percent: z.number().min(0).max(100).optional(),
    message: z.string().optional(),
    updatedAt: moment.optional(),
  })
  .meta({ id: 'RunProgress' });
