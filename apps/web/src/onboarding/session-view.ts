import type { AppRouter } from '@signalbox/api/router';
import type { inferRouterOutputs } from '@trpc/server';

type OnboardingOutputs = inferRouterOutputs<AppRouter>['onboarding'];

/** An onboarding as the typed client gives it. */
export type SessionView = OnboardingOutputs['get'];
export type SessionRowView = OnboardingOutputs['list']['items'][number];
export type TaskView = SessionView['tasks'][number];
export type StepView = SessionView['steps'][number];
export type BootstrapView = NonNullable<SessionView['bootstrap']>;
