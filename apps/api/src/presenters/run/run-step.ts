import type { RunStep } from '@signalbox/contracts/run/list-run-steps';
import type { runStepsOf } from '@signalbox/db/queries/run/run-parts';
import { moment, optionalMoment } from '../time.ts';

type Row = Awaited<ReturnType<typeof runStepsOf>>[number];

const states = ['intent', 'done', 'failed'] as const;

/** A durable step of a run. */
export function presentRunStep(row: Row): RunStep {
  const { startedAt, finishedAt } = row;
  return {
    name: row.name,
    position: row.position,
    label: stepLabel(row.name),
    attempt: Math.max(1, row.attempt),
    state: states.find((state) => state === row.state) ?? 'intent',
    startedAt: moment(startedAt),
    ...optionalMoment('finishedAt', finishedAt),
    ...(finishedAt !== null && { durationMs: Math.max(0, finishedAt.getTime() - startedAt.getTime()) }),
    ...(row.error !== null && { errorCode: row.error.code, message: row.error.message }),
  };
}

/** `write_items:3` reads as "Write items 3". */
export function stepLabel(name: string): string {
  const words = name.replaceAll(/[_.:-]+/g, ' ').trim();
  return words === '' ? name : words[0]?.toUpperCase() + words.slice(1);
}
