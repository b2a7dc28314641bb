import { onboardingTasks } from '@signalbox/domain/onboarding/tasks';
import * as z from 'zod/mini';

/** The wizard in the URL. */
export const wizardSearch = z.object({
  /** The step that is looked at, where that is not the one the session stands at. */
  step: z.catch(z.optional(z.enum(['1', '2', '3', '4', '5'])), undefined),
  /** The evidence beside the wizard: all of it, or that of a task. */
  evidence: z.catch(z.optional(z.enum(['all', ...onboardingTasks])), undefined),
});
type Parsed = z.infer<typeof wizardSearch>;
export type WizardSearch = { [K in keyof Parsed]?: Parsed[K] | undefined };
