import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';

/** What a disable of a connection would mean now. */
export const getConnectionImpactContract = defineContract(
  {
    method: 'GET',
    path: '/v1/connections/{id}/impact',
    operationId: 'getConnectionImpact',
    summary: 'Ask what a disable would stop',
    description: 'What a disable of the connection would stop or leave in the air at this moment.',
    tags: ['Connections'],
    success: { 200: 'What would be concerned' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({ id: entityId }),
    output: z
      .object({
        isDefault: z.boolean().meta({ description: 'Starts that name no connection would be refused' }),
        activeRuns: z.int().min(0).meta({ description: 'Runs under way; they finish' }),
        waitingItems: z.int().min(0).meta({
          description: 'Planned items that wait and go through it; they fail when their turn comes',
        }),
        onboardings: z.int().min(0).meta({ description: 'Onboardings under way that use it' }),
        otherConnections: z
          .int()
          .min(0)
          .meta({ description: 'Other enabled connections of the tenant to the provider' }),
      })
      .meta({ id: 'ConnectionImpact' }),
  },
);
