import type {
  BatchItemStatus,
  BatchOperationType,
  BatchStatus,
} from '@signalbox/domain/provisioning/batch-operation';
import type { StatusShape, StatusTone } from '../run/status-model.ts';

interface Sign {
  readonly word: string;
  readonly shape: StatusShape;
  readonly tone: StatusTone;
  readonly meaning: string;
}

/** How a batch stands, in the words and signs of the console. */
export const batchSigns: Readonly<Record<BatchStatus, Sign>> = {
  running: {
    word: 'Running',
    shape: 'half-circle',
    tone: 'accent',
    meaning: 'Operations are under way or will be, or a failure is being undone.',
  },
  completed: { word: 'Succeeded', shape: 'tick', tone: 'clear', meaning: 'All operations succeeded.' },
  failed: {
    word: 'Failed',
    shape: 'cross',
    tone: 'stop',
    meaning: 'At least one operation failed, and nothing of the batch runs any more.',
  },
  cancelled: {
    word: 'Cancelled',
    shape: 'bar',
    tone: 'idle',
    meaning: 'Somebody stopped it. What was done stays.',
  },
};

/** How an operation of a batch stands. */
export const itemSigns: Readonly<Record<BatchItemStatus, Sign>> = {
  waiting: { word: 'Waiting', shape: 'hourglass', tone: 'lunar', meaning: 'It has not begun.' },
  running: { word: 'Running', shape: 'half-circle', tone: 'accent', meaning: 'Its run is under way.' },
  completed: { word: 'Succeeded', shape: 'tick', tone: 'clear', meaning: 'Its run succeeded.' },
  failed: {
    word: 'Failed',
    shape: 'cross',
    tone: 'stop',
    meaning: 'It could not be started, or its run failed.',
  },
  skipped: {
    word: 'Skipped',
    shape: 'circle',
    tone: 'idle',
    meaning: 'It never began, since an operation it depends on did not succeed.',
  },
  cancelled: {
    word: 'Cancelled',
    shape: 'bar',
    tone: 'idle',
    meaning: 'It never began, or was stopped while it ran.',
  },
};

/** The kinds of work of a batch. */
export const typeWords: Readonly<Record<BatchOperationType, string>> = {
  server_batch: 'Create servers',
  taskserv_batch: 'Install task services',
  cluster_batch: 'Create clusters',
};

export function typeWord(type: string): string {
  return Object.hasOwn(typeWords, type) ? typeWords[type as BatchOperationType] : type || 'No type';
}

/** "1 operation", "12 operations". */
export function operationsWord(count: number): string {
  return `${count} ${count === 1 ? 'operation' : 'operations'}`;
}
