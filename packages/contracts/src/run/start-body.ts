import { operationsOn } from '@signalbox/domain/operation/registry';
import { z } from 'zod';
import { entityId } from '../shape/ids.ts';
import { jsonObject } from '../shape/json.ts';

/**
 * What every native start takes. `input` is judged by the operation's own shape (`operation/input-schemas.ts`) after
 * visibility and capability, so that a refusal there cannot leak what an outsider must not know.
 */
export const startBody = {
  operation: z.enum(operationsOn('native')).meta({ example: 'snapshot_capture' }),
  tenantId: entityId.optional(),
  connectionId: entityId
    .optional()
    .meta({ description: 'Left out: the default connection of the tenant, else its only one' }),
  input: jsonObject
    .optional()
    .meta({ description: 'What the operation takes; see `GET /v1/operations`. Left out: `{}`' }),
};
