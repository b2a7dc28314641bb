import { roles } from '@signalbox/domain/access/capabilities';
import { z } from 'zod';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';
import { entitlement } from './member.ts';

/** What an invitation can still become, or has become. */
export const invitationState = z.enum(['open', 'accepted', 'expired', 'revoked']);

/** An email address as somebody gives it; nothing is sent there. */
export const email = z.email().max(254).meta({ example: 'ada@example.org' });

/** An open place in the workspace. The link that takes it is told once, when it is made. */
export const invitation = z
  .object({
    id: entityId,
    email: z.string(),
    role: z.enum(roles),
    tenants: entitlement,
    invitedBy: z.string(),
    state: invitationState,
    expiresAt: moment,
    acceptedAt: moment.nullable(),
    revokedAt: moment.nullable(),
    createdAt: moment,
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitation>;

/** The secret of a link, as its holder gives it. */
export const invitationSecret = z
  .string()
  .regex(/^[A-Za-z0-9_-]{20,128}$/, { error: 'is not the secret of an invitation' })
  .meta({ description: 'What stands after `#` in the link' });

/** An invitation as the holder of its link sees it. */
export const openInvitation = z
  .object({
    workspaceName: z.string(),
    role: z.enum(roles),
    email: z.string(),
    invitedBy: z.string(),
    expiresAt: moment,
  })
  .meta({ id: 'OpenInvitation' });
