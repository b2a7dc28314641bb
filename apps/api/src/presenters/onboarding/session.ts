import type { OnboardingSession } from '@signalbox/contracts/onboarding/contract-shapes';
import type { SessionSummary, SessionView } from '@signalbox/contracts/onboarding/session-view';
import type { BootstrapProgress } from '@signalbox/db/queries/onboarding/bootstrap';
import type { SessionRecord } from '@signalbox/db/queries/onboarding/sessions';
import type { StepGround } from '@signalbox/db/queries/onboarding/step-facts';
import type { TaskRecord } from '@signalbox/db/queries/onboarding/tasks';
import type { Principal } from '@signalbox/domain/access/principal';
import { valuesToOffer } from '@signalbox/domain/onboarding/draft';
import type { EvidenceStatus } from '@signalbox/domain/onboarding/evidence';
import { isStalled, onboardingSteps } from '@signalbox/domain/onboarding/session';
import { stepObstacle } from '@signalbox/domain/onboarding/steps';
import { type OnboardingTask, onboardingTasks } from '@signalbox/domain/onboarding/tasks';
import { moment, optionalMoment } from '../time.ts';
import { presentBootstrap } from './bootstrap.ts';
import { sessionActions } from './session-actions.ts';
import { presentTask } from './task.ts';

/** Whose view, and at which moment. */
interface Around {
  readonly principal: Principal;
  readonly now: Date;
}

/** What the wizard of a session is made of. */
export interface SessionFacts {
  readonly session: SessionRecord;
  readonly tasks: readonly TaskRecord[];
  readonly ground: StepGround;
  readonly bootstrap: BootstrapProgress | null;
}

/** What lists and the wizard both tell of a session. */
function common(session: SessionRecord, { principal, now }: Around) {
  const { lock, connection, assignee, endReason } = session;
  return {
    id: session.id,
    tenant: session.tenant,
    ...(connection !== null && { connection: { id: connection.id, label: connection.label } }),
    status: session.status,
    step: session.step,
    ...(assignee !== null && { assignee }),
    lock: {
      ...(lock.held && { holder: lock.name ?? '', ...optionalMoment('until', lock.until) }),
      mine: lock.held && principal.userId !== null && lock.userId === principal.userId,
      version: lock.version,
    },
    stalled: isStalled(session, now),
    ...(endReason !== null && { endReason }),
    createdAt: moment(session.createdAt),
    updatedAt: moment(session.updatedAt),
    ...optionalMoment('finishedAt', session.finishedAt),
  };
}

/** A session as a list shows it. */
export function presentSessionSummary(
  session: SessionRecord,
  statuses: Readonly<Record<OnboardingTask, EvidenceStatus>>,
  around: Around,
): SessionSummary {
  const tasks = onboardingTasks.map((task) => ({ task, status: statuses[task] }));
  return { ...common(session, around), tasks };
}

/** A session with everything its wizard shows. */
export function presentSession(facts: SessionFacts, around: Around): SessionView {
  const { session, tasks, ground, bootstrap } = facts;
  const { principal, now } = around;
  const about = { principal, tenantId: session.tenant.id, now };
  const kept = valuesToOffer(session.keptDrafts[principal.username], session.draft);
  return {
    ...common(session, around),
    steps: onboardingSteps.map(({ step, label }) => {
      const obstacle = stepObstacle(step, ground.facts);
      const passed = session.status === 'completed' || step < session.step;
      const state = passed
        ? obstacle === null
          ? 'done'
          : 'attention'
        : step === session.step
          ? 'current'
          : 'later';
      return { step, label, state, ...(obstacle !== null && { obstacle: obstacle.message }) };
    }),
    tasks: tasks.map((task) => presentTask(task, { ...about, connectionId: ground.chosenId })),
    draft: { ...session.draft },
    ...(kept !== null && principal.userId !== null && { keptDraft: { ...kept } }),
    ...(bootstrap !== null && { bootstrap: presentBootstrap(bootstrap, about) }),
    actions: sessionActions(facts, principal),
  };
}

/** A session in the words of the onboarding contract. A lock that has run out is none. */
export function presentContractSession(session: SessionRecord): OnboardingSession {
  const { lock } = session;
  return {
    id: session.id,
    tenant_id: session.tenant.id,
    provider_connection_id: session.connectionId,
    status: session.status,
    current_step: session.step,
    assigned_to_user_id: session.assignee?.id ?? null,
    locked_by_user_id: lock.held ? lock.userId : null,
    locked_until: lock.held && lock.until !== null ? moment(lock.until) : null,
  };
}
