import { rollbackLimit } from '@signalbox/domain/provisioning/rollback-plan';
import { z } from 'zod';
import { key } from '../shape/text.ts';

/** Operations as a rollback names them. */
export const operationNames = z.array(key(200)).min(1).max(rollbackLimit).meta({
  description:
    'Tasks by their uuid, operations of a batch as `batch uuid/operation id`, or an operation id alone where only one batch has it',
});

/** Whether exactly one of two members was given, and what is said where not. */
export const exactlyOne = {
  check: (one: unknown, other: unknown): boolean => (one === undefined) !== (other === undefined),
  message: 'give exactly one of the two',
} as const;
