import { providers } from '@signalbox/domain/connection/providers';
import { z } from 'zod';
import { nextStep } from '../gate/next-step.ts';
import { reason } from '../gate/reason.ts';
import { scopeHolder } from '../gate/start-outcome.ts';
import { tenantRef } from '../run/run-parts.ts';
import { runSummary } from '../run/run-summary.ts';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

/** How Signalbox reaches the provider of a tenant, or one of servers for the workspace. Never carries the credential, only whether there is one. */
export const connection = z
  .object({
    id: entityId,
    tenant: tenantRef.optional(),
    provider: z.enum(providers),
    label: z.string(),
    isDefault: z.boolean(),
    enabled: z.boolean(),
    disabled: z
      .object({ at: moment, by: z.string(), reason: z.string() })
      .optional()
      .meta({ description: 'Since when and why it is disabled' }),
    consent: z.enum(['unknown', 'granted', 'missing']),
    credential: z
      .enum(['present', 'missing', 'expired', 'refused', 'not_needed'])
      .meta({ description: '`not_needed`: the provider asks for none' }),
    credentialSetAt: moment.optional(),
    credentialExpiresAt: moment.optional(),
    health: z.enum(['unknown', 'ok', 'warning', 'failing']),
    healthReason: reason.optional(),
    checkedAt: moment.optional(),
    throttledUntil: moment.optional(),
    createdAt: moment,
  })
  .meta({ id: 'Connection' });
export type Connection = z.infer<typeof connection>;

/** A connection with who works through it now. */
export const usedConnection = z
  .object({
    ...connection.shape,
    activeRuns: z.int().min(0).meta({ description: 'Runs through it that have not ended' }),
    holder: scopeHolder.optional().meta({ description: 'The run that holds its scope' }),
  })
  .meta({ id: 'UsedConnection' });
export type UsedConnection = z.infer<typeof usedConnection>;

/** Whether an operation can go through the connection as it is. */
const operationOver = z.object({
  name: z.string(),
  label: z.string(),
  works: z.boolean().meta({ description: 'Nothing about the connection stands in its way' }),
  reason: reason.optional().meta({ description: 'What stands in its way first' }),
  permissions: z.array(z.string()).meta({ description: 'What it needs' }),
  missingPermissions: z.array(z.string()).meta({ description: 'What it needs and was not granted' }),
});

/** Something wrong with the connection, with what this caller can do about it. */
const connectionFault = z.object({
  reason,
  nextSteps: z.array(nextStep),
  until: moment.optional().meta({ description: 'When it passes by itself' }),
});

/** A connection with everything its page shows: what works through it, what is wrong and who can mend it. */
export const connectionDetail = z
  .object({
    ...usedConnection.shape,
    clientId: z.string().optional().meta({ description: 'The application at the provider' }),
    account: z.string().optional().meta({ description: 'Who signs in at a provider of servers' }),
    region: z.string().optional().meta({ description: 'Where a provider of servers works' }),
    providerTenantId: z
      .string()
      .optional()
      .meta({ description: "The provider's own id of the tenant that a check reached" }),
    operations: z.array(operationOver),
    permissions: z.array(z.object({ name: z.string(), granted: z.boolean(), neededBy: z.array(z.string()) })),
    faults: z.array(connectionFault),
    runs: z.array(runSummary).meta({ description: 'The newest runs through it' }),
    mendedBy: z
      .object({
        capability: z.string(),
        allowed: z.boolean().meta({ description: 'Whether the caller holds it' }),
        roles: z.array(z.string()),
        members: z.array(z.string()).meta({ description: 'Usernames of some who hold it for this tenant' }),
      })
      .meta({ description: 'Who may change the connection' }),
  })
  .meta({ id: 'ConnectionDetail' });
export type ConnectionDetail = z.infer<typeof connectionDetail>;
