import { thingErrors } from '../openapi/common-errors.ts';

/** Operations that edit an onboarding: somebody must hold its lock, so a key that acts for nobody is refused. */
export const editErrors = {
  ...thingErrors,
  403: 'The caller may see the thing but lacks the named capability, or is an API key that acts for no person (`person_required`). A takeover asks for a fresh code where the person has a second factor (`step_up_required`).',
} as const;
