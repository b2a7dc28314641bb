import { sessionStatuses } from '@signalbox/domain/onboarding/session';
import * as z from 'zod/mini';
import { idSearch } from '../ui/tenant-search.ts';

/** The list of onboarding sessions in the URL. Other pages link here with these names. */
export const onboardingSearch = z.object({
  tenant: idSearch,
  status: z.catch(z.optional(z.enum(sessionStatuses)), undefined),
  /** `me`: those assigned to the person who looks. */
  assignee: z.catch(z.optional(z.enum(['me'])), undefined),
  cursor: z.catch(z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,512}$/))), undefined),
});
