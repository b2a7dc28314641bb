import { reasonCodes } from '@signalbox/domain/gate/reasons';
import { operationNames } from '@signalbox/domain/operation/registry';
import { z } from 'zod';
import { objectName } from '../operation/provisioning-inputs.ts';
import { commaList } from '../shape/comma-list.ts';
import { entityId } from '../shape/ids.ts';
import { line, name } from '../shape/text.ts';
import { givenMoment } from '../shape/time.ts';
import { runStatus } from './run-words.ts';

/**
 * Which runs are meant. Lists, counts and bulk actions spread these fields into their input, so that a filter means
 * the same everywhere. Every field narrows; an absent one does not.
 */
export const runFilterFields = {
  status: commaList(runStatus).optional().meta({ example: 'failed,partial' }),
  operation: commaList(z.enum(operationNames)).optional().meta({ example: 'restore_execute' }),
  tenantId: entityId.optional(),
  connectionId: entityId.optional(),
  infra: objectName
    .optional()
    .meta({ description: 'Provisioning work on the infra of this name', example: 'demo' }),
  initiatedBy: name(100).optional().meta({ description: 'A username, or `me`', example: 'me' }),
  tag: line(100).optional().meta({ description: 'An exact tag', example: 'nightly' }),
  reason: z
    .enum(reasonCodes)
    .optional()
    .meta({ description: 'Why the run waits, or why it did not succeed', example: 'items_failed' }),
  createdAfter: givenMoment.optional(),
  createdBefore: givenMoment.optional(),
  endedAfter: givenMoment.optional().meta({ description: 'Runs that ended at this moment or later' }),
  endedBefore: givenMoment.optional().meta({ description: 'Runs that ended before this moment' }),
  parentId: entityId.optional().meta({ description: 'Runs made from this run' }),
  q: line(100)
    .optional()
    .meta({ description: 'An exact id (`42` or `#42`), uid or codename', example: 'amber-viaduct' }),
};

const runFilterInput = z.object(runFilterFields);
export type RunFilterInput = z.output<typeof runFilterInput>;
