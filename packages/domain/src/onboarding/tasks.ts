import { type OperationName, operationsOn } from '../operation/registry.ts';

/** Questions about a tenant whose answers open step 5, in the order in which they are asked. */
export const verificationTasks = [
  'onboarding.consent.verify',
  'onboarding.connectivity.check',
  'onboarding.permissions.verify',
  'onboarding.rbac.verify',
] as const satisfies readonly OperationName[];

/** First work on a verified tenant, in the order in which a bootstrap does it. */
export const bootstrapTasks = operationsOn('bootstrap');

/** Every onboarding task is an operation; its evidence decides its status. */
export const onboardingTasks = [...verificationTasks, ...bootstrapTasks] as const;
export type OnboardingTask = (typeof onboardingTasks)[number];

export function isOnboardingTask(name: string): name is OnboardingTask {
  return onboardingTasks.some((task) => task === name);
}
