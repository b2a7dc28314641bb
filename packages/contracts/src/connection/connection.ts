import { providers } from '@signalbox/domain/operation/rule';
import { z } from 'zod';
import { reason } from '../gate/reason.ts';
import { scopeHolder } from '../gate/start-outcome.ts';
import { tenantRef } from '../run/run-parts.ts';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

/** How Signalbox reaches a tenant's provider. Never carries the credential, only whether there is one. */
export const connection = z
  .object({
    id: entityId,
    tenant: tenantRef.optional(),
    provider: z.enum(providers),
    label: z.string(),
    isDefault: z.boolean(),
    enabled: z.boolean(),
    consent: z.enum(['unknown', 'granted', 'missing']),
    credential: z.enum(['present', 'missing', 'expired', 'refused']),
    health: z.enum(['unknown', 'ok', 'warning', 'failing']),
    healthReason: reason.optional(),
    checkedAt: moment.optional(),
    throttledUntil: moment.optional(),
    createdAt: moment,
  })
  .meta({ id: 'Connection' });
export type Connection = z.infer<typeof connection>;

/** A connection with what it may do at the provider and who holds its scope now. */
export const connectionDetail = z
  .object({
    ...connection.shape,
    permissions: z.array(z.object({ name: z.string(), granted: z.boolean(), neededBy: z.array(z.string()) })),
    holder: scopeHolder.optional(),
  })
  .meta({ id: 'ConnectionDetail' });
export type ConnectionDetail = z.infer<typeof connectionDetail>;
