import { type OpenInvitation, openInvitation } from '@signalbox/db/queries/access/invitations';
import { experimental_standaloneMiddleware } from '@trpc/server';
import type { AppContext } from '../context.ts';
import { found } from './capability.ts';
import { givenText } from './given.ts';

/** A secret of ours is shorter; a longer text is not worth a hash. */
const longestSecret = 128;

/** Asks for the secret of an open invitation. Without one nothing about the request is judged: 404. */
export const linkHolder = experimental_standaloneMiddleware<{ ctx: AppContext }>().create(
  async ({ ctx, getRawInput, next }) => {
    const secret = givenText(await getRawInput(), 'secret') ?? '';
    const open: OpenInvitation | null =
      secret.length <= longestSecret ? await openInvitation(ctx.db, secret) : null;
    return next({ ctx: { invitation: found(open) } });
  },
);
