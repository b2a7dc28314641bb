import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { policyKinds } from '../operation/input-parts.ts';
import { entityId } from '../shape/ids.ts';
import { page } from '../shape/page.ts';
import { moment } from '../shape/time.ts';
import { seenQuery } from './presence.ts';

/** A policy as last seen at the provider. */
export const policy = z
  .object({
    id: entityId,
    policyId: z.string().meta({ description: 'Id of the policy at the provider' }),
    kind: policyKinds,
    name: z.string(),
    versions: z.int().min(0).meta({ description: 'Captured versions' }),
    lastSeenAt: moment,
    removedAt: moment
      .optional()
      .meta({ description: 'When a sync found it gone; left out while it is there' }),
    lastCapturedAt: moment.optional(),
  })
  .meta({ id: 'Policy' });
export type Policy = z.infer<typeof policy>;

/** Policies of a tenant, by name, to choose what to back up. */
export const listPoliciesContract = defineContract(
  {
    method: 'GET',
    path: '/v1/policies',
    operationId: 'listPolicies',
    summary: 'List policies',
    description: 'Policies of a tenant as last seen at the provider, by name.',
    tags: ['Inventory'],
    success: { 200: 'A page of policies' },
    errors: { ...sessionErrors, 404: 'No such tenant, or none the caller may see.' },
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({
      // Gone policies still have versions, so they are shown unless somebody says otherwise.
      ...seenQuery('with'),
      kind: policyKinds.optional(),
    }),
    output: page(policy),
  },
);
