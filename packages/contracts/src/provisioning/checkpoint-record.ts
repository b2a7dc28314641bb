import { z } from 'zod';
import { uid } from '../shape/ids.ts';
import { jsonObject } from '../shape/json.ts';
import { line, prose } from '../shape/text.ts';
import { moment } from '../shape/time.ts';

/** What people call a checkpoint, and what they say about it. */
export const checkpointName = line(120).meta({
  description: 'Checkpoint name',
  example: 'before the upgrade',
});
export const checkpointDescription = prose(1_000).meta({ description: 'Checkpoint description' });

/** A checkpoint in a list. */
export const checkpointSummary = z
  .object({
    id: uid,
    name: z.string(),
    description: z.string().optional(),
    createdBy: z.string(),
    createdAt: moment,
    sizeBytes: z.int().min(0).meta({ description: 'Of what it holds, in bytes' }),
    position: z.int().min(0).meta({ description: 'The number of the newest change it covers' }),
    changesSince: z.int().min(0).meta({
      description:
        'Changes after it that stand: what going back would undo. One more than a rollback undoes stands for any greater number',
    }),
  })
  .meta({ id: 'CheckpointSummary' });
export type CheckpointSummary = z.infer<typeof checkpointSummary>;

/** A checkpoint with what there was. */
export const checkpointRecord = z
  .object({
    ...checkpointSummary.shape,
    content: jsonObject.meta({ description: 'Everything that stood, infra by infra' }),
  })
  .meta({ id: 'CheckpointRecord' });
