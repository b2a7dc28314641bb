import { z } from 'zod';
import { entityId, uid } from '../shape/ids.ts';
import { milliseconds, moment } from '../shape/time.ts';
import { connectionRef, initiator, runCounts, tenantRef } from './run-parts.ts';
import { linkKinds, runStatus } from './run-words.ts';

/** A run as a list shows it. It has no payload columns, so a page stays small whatever the runs carried. */
export const runSummary = z
  .object({
    id: entityId,
    uid,
    operation: z.string(),
    operationLabel: z.string(),
    status: runStatus,
    statusText: z.string().meta({ description: 'The status as one plain sentence' }),
    reasonCode: z.string().optional(),
    tenant: tenantRef.optional(),
    connection: connectionRef.optional(),
    counts: runCounts,
    currentStep: z.string().optional(),
    initiator,
    parentRunId: entityId.optional(),
    linkKind: z.enum(linkKinds).optional(),
    codename: z.string(),
    tags: z.array(z.string()),
    createdAt: moment,
    startedAt: moment.optional(),
    finishedAt: moment.optional(),
    durationMs: milliseconds
      .optional()
      .meta({ description: 'From start to end, or until now while running' }),
    cancelRequestedAt: moment.optional(),
    eventSeq: z.int().min(0).meta({ description: 'Number of the newest event; grows with every change' }),
  })
  .meta({ id: 'RunSummary' });
export type RunSummary = z.infer<typeof runSummary>;
