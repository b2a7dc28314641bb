import { capabilities, roles } from '@signalbox/domain/access/capabilities';
import { z } from 'zod';
import { entityId, workspaceId } from '../shape/ids.ts';

/** A workspace the caller is a member of. */
export const membership = z
  .object({ id: workspaceId, name: z.string(), role: z.enum(roles), tier: z.string() })
  .meta({ id: 'Membership' });

/** Who the caller is, where they are a member, and what they may do in the current workspace. */
export const me = z
  .object({
    user: z.object({ id: entityId, uid: z.uuid(), username: z.string(), email: z.string().optional() }),
    workspaces: z.array(membership),
    current: z.object({
      workspaceId,
      role: z.enum(roles),
      capabilities: z.array(z.enum(capabilities)),
    }),
    demo: z.boolean().meta({ description: 'True on a demo installation' }),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof me>;
