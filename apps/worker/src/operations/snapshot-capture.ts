import { snapshotCaptureInput } from '@signalbox/contracts/operation/snapshot-capture';
import { policyKinds } from '@signalbox/domain/backup/policy';
import { operations } from '@signalbox/domain/operation/registry';
import { performCapture } from './graph/perform-capture.ts';
import type { GraphSettings } from './graph/session.ts';
import { defineOperation, type Operation } from './operation.ts';

/** Reads policies with their assignments and scope tags and keeps each changed one as a new immutable version. */
export function snapshotCapture(settings: GraphSettings): Operation {
  const { name, retry } = operations.snapshot_capture;
  return defineOperation({
    name,
    retry,
    parseInput: (input) => snapshotCaptureInput.parse(input),
    perform: (context, { policyIds, kinds }) =>
      performCapture(context, settings, {
        operation: name,
        // In the order of the catalogue and each once, whatever was asked.
        kinds: policyKinds.filter((kind) => kinds === undefined || kinds.includes(kind)),
        policyIds: policyIds ?? null,
        backupSetId: null,
      }),
  });
}
