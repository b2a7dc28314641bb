import type { RunEvent } from '@signalbox/contracts/run/events';
import type { LogChunk } from '@signalbox/contracts/run/list-run-logs';
import type { RunLogRow } from '@signalbox/db/queries/run/run-log';
import type { RunEventRow } from '@signalbox/db/queries/run/run-parts';
import type { Principal } from '@signalbox/domain/access/principal';
import type { StepObjects } from '../gate/next-steps.ts';
import { presentReason } from '../gate/reason.ts';
import { moment } from '../time.ts';
import { presentSafeError } from './safe-error.ts';

/** Whose eyes an event is for, and what its next steps may lead to. */
export interface EventReader {
  readonly principal: Principal;
  readonly objects: StepObjects;
}

/** An event of a run with the words that its stored codes stand for. */
export function presentRunEvent(row: RunEventRow, reader: EventReader): RunEvent {
  const stamp = { seq: row.seq, at: moment(row.at) };
  const { event } = row;
  switch (event.kind) {
    case 'state': {
      const { reason, safeError, ...data } = event.data;
      return {
        ...stamp,
        kind: 'state',
        data: {
          ...data,
          ...(reason !== undefined && { reason: presentReason(reason) }),
          ...(safeError !== undefined && {
            safeError: presentSafeError(safeError, reader.principal, reader.objects),
          }),
        },
      };
    }
    case 'progress': {
      const { counts, fraction, message, currentStep } = event.data;
      const progress = {
        ...(fraction !== undefined && { percent: Math.min(100, Math.max(0, fraction * 100)) }),
        ...(message !== undefined && { message }),
      };
      return {
        ...stamp,
        kind: 'progress',
        data: {
          counts,
          ...(Object.keys(progress).length > 0 && { progress }),
          ...(currentStep !== undefined && { currentStep }),
        },
      };
    }
    case 'item':
      return { ...stamp, kind: 'item', data: { ...event.data, items: [...event.data.items] } };
    case 'log': {
      const { level, step } = event.data;
      return {
        ...stamp,
        kind: 'log',
        data: {
          level,
          ...(step !== undefined && { step }),
          text: row.text ?? '',
          ...(row.line !== null && { line: row.line }),
        },
      };
    }
    case 'step':
    case 'request':
      return { ...stamp, ...event };
  }
}

/** A chunk of a run's log. */
export function presentLogChunk(row: RunLogRow): LogChunk {
  return {
    seq: row.seq,
    at: moment(row.at),
    level: row.level,
    ...(row.step !== null && { step: row.step }),
    text: row.text,
    line: row.line,
  };
}
