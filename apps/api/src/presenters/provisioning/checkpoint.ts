import type { CheckpointSummary } from '@signalbox/contracts/provisioning/checkpoint-record';
import type { CheckpointRecord } from '@signalbox/db/queries/provisioning/checkpoints';
import { moment } from '../time.ts';

/** A checkpoint in a list. */
export function presentCheckpoint(checkpoint: CheckpointRecord): CheckpointSummary {
  const { uid, name, description, createdBy, createdAt, sizeBytes, changeSeq, changesSince } = checkpoint;
  return {
    id: uid,
    name,
    ...(description !== null && { description }),
    createdBy,
    createdAt: moment(createdAt),
    sizeBytes,
    position: changeSeq,
    changesSince,
  };
}

/** A checkpoint in the words of the provisioning contract. */
export function presentContractCheckpoint(checkpoint: CheckpointRecord) {
  const { uid, name, description, createdAt, sizeBytes } = checkpoint;
  return {
    id: uid,
    name,
    ...(description !== null && { description }),
    created_at: moment(createdAt),
    size: sizeText(sizeBytes),
  };
}

const units = ['B', 'KB', 'MB', 'GB'] as const;

/** Bytes as the contract writes them: `150MB`, `1.2KB`; one kilobyte is 1,024 bytes. */
export function sizeText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1_024 && unit < units.length - 1) {
    size /= 1_024;
    unit += 1;
  }
  return `${size < 10 && unit > 0 ? Math.round(size * 10) / 10 : Math.round(size)}${units[unit] ?? 'B'}`;
}
