/**
 * Every state of an onboarding session. A `draft` was opened and not edited yet; `in_progress` lives until its bootstrap
 * completes it or somebody abandons it; then it never changes again.
 */
export const sessionStatuses = ['draft', 'in_progress', 'completed', 'abandoned'] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

/** The five steps of an onboarding, by number. */
export const onboardingSteps = [
  { step: 1, label: 'Identify the tenant' },
  { step: 2, label: 'Connection and credentials' },
  { step: 3, label: 'Admin consent' },
  { step: 4, label: 'Verify' },
  { step: 5, label: 'Bootstrap and complete' },
] as const;
export type OnboardingStep = (typeof onboardingSteps)[number]['step'];

export function isLive(status: SessionStatus): boolean {
  return status === 'draft' || status === 'in_progress';
}

/** A live session in which nothing has changed for this long is stalled, in hours. */
const stalledHours = 24;

/** Whether a session waits for somebody to go on with it. */
export function isStalled(
  { status, updatedAt }: { readonly status: SessionStatus; readonly updatedAt: Date },
  now: Date,
): boolean {
  return isLive(status) && now.getTime() - updatedAt.getTime() >= stalledHours * 3_600_000;
}

/** A number as a step, for what the database holds between 1 and 5. */
export function toStep(number: number): OnboardingStep {
  const known = onboardingSteps.find(({ step }) => step === number);
  if (known === undefined) throw new Error(`There is no step ${number} of an onboarding.`);
  return known.step;
}
