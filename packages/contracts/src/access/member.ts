import { roles } from '@signalbox/domain/access/capabilities';
import { z } from 'zod';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

/** A tenant on somebody's list. */
export const entitledTenant = z
  .object({ id: entityId, externalId: z.string(), name: z.string() })
  .meta({ id: 'EntitledTenant' });

/** Which tenants somebody sees: all there are and will be, or those on a list. */
export const entitlement = z
  .union([z.literal('all'), z.array(entitledTenant)])
  .meta({ description: '`all`, or the tenants on the list; those you may not see yourself are left out' });

/** The same as a caller gives it: ids of tenants. */
export const givenEntitlement = z
  .union([
    z.literal('all'),
    z
      .array(entityId)
      .min(1)
      .max(1_000)
      .refine((ids) => new Set(ids).size === ids.length, { error: 'must not name a tenant twice' }),
  ])
  .meta({ description: '`all`, or the ids of tenants', example: 'all' });

/** A member of the workspace. */
export const member = z
  .object({
    id: entityId.meta({ description: 'The user id of the person' }),
    uid: z.uuid(),
    username: z.string(),
    role: z.enum(roles),
    tenants: entitlement,
    since: moment.meta({ description: 'When they joined, the last time they did' }),
    email: z.string().optional().meta({ description: 'For callers with `member.manage`' }),
    secondFactor: z
      .boolean()
      .optional()
      .meta({ description: 'Whether they sign in with a second factor; for callers with `member.manage`' }),
    lastSeenAt: moment.nullable().optional().meta({
      description: 'When a session of theirs was last used; for callers with `member.manage`',
    }),
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof member>;
