import { rollbackLimit } from '@signalbox/domain/provisioning/rollback-plan';
import { z } from 'zod';
import { entityId } from '../shape/ids.ts';
import { prose } from '../shape/text.ts';
import { objectName } from './provisioning-inputs.ts';

const seq = z.int().min(0);

/** What a rollback is told. It was resolved when it was admitted; the run sees to it that this still holds. */
export const rollbackInput = z.strictObject({
  target: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('checkpoint'), afterSeq: seq, checkpointId: z.uuid().optional() }),
    z.strictObject({ kind: z.literal('runs'), runIds: z.array(entityId).min(1).max(rollbackLimit) }),
  ]),
  /** The changes it undoes, the newest first. */
  changes: z.array(seq).min(1).max(rollbackLimit),
  infras: z.array(objectName).min(1).max(rollbackLimit),
  reason: prose(1_000).optional(),
});
