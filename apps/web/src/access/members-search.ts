import { roles } from '@signalbox/domain/access/capabilities';
import * as z from 'zod/mini';

const cursor = z.catch(z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,512}$/))), undefined);

/** Members and who may do what, in the URL. */
export const membersSearch = z.object({
  /** Which part is shown; members when absent. */
  part: z.catch(z.optional(z.enum(['invitations', 'roles'])), undefined),
  role: z.catch(z.optional(z.enum(roles)), undefined),
  text: z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(100))), undefined),
  cursor,
});
type Parsed = z.infer<typeof membersSearch>;
export type MembersSearch = { [K in keyof Parsed]?: Parsed[K] | undefined };
