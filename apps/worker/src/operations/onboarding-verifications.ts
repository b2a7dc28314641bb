import { emptyInput } from '@signalbox/contracts/operation/empty-input';
import type { ConnectionFinding } from '@signalbox/db/commands/connection/record-check';
import { verificationTasks } from '@signalbox/domain/onboarding/tasks';
import { operations } from '@signalbox/domain/operation/registry';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import type { RunContext } from '../executor/run-context.ts';
import { GraphFailure } from '../providers/graph/graph-failure.ts';
import { checkConnection } from './graph/check-connection.ts';
import { judgeVerification, type Verdict, type VerificationTask } from './graph/judge-verification.ts';
import { observeSuccess, observeUnknown } from './graph/observe.ts';
import { probeRoleAccess } from './graph/probe-role-access.ts';
import { guarded } from './graph/run-failure.ts';
import { type GraphSession, type GraphSettings, noteFinding, openSession } from './graph/session.ts';
import { defineOperation, type Operation } from './operation.ts';

/**
 * The questions that are asked about a tenant before its first work. Each signs in, keeps what is known of the
 * connection true, and records its answer as evidence.
 *
 * A verification that could be made succeeds, whatever it found: the finding is the evidence. It fails only when
 * nothing could be learned; then its evidence says so.
 */
export function onboardingVerifications(settings: GraphSettings): readonly Operation[] {
  return verificationTasks.map((task) =>
    defineOperation({
      name: task,
      retry: operations[task].retry,
      parseInput: (input) => emptyInput.parse(input),
      perform: (context) => verify(context, settings, task),
    }),
  );
}

/** What is kept of a verification until its evidence is. A type, not an interface: it is kept as JSON. */
type Verified = { readonly finding: ConnectionFinding; readonly verdict: Verdict };

async function verify(
  context: RunContext,
  settings: GraphSettings,
  task: VerificationTask,
): Promise<WorkResult> {
  const session = await openSession(context, settings, { operation: task });
  const { finding, verdict } = await context.step('verify', { idempotent: true }, () =>
    guarded(session, () => askOrNote(session, task)),
  );
  await noteFinding(session, finding);
  const { status, reason, message, payload } = verdict;
  await observeSuccess(context, task, { status, message, payload, ...(reason !== null && { reason }) });
  context.setOutput({ ...payload, status, ...(reason !== null && { reason }) });
  await context.log(status === 'ok' ? 'info' : 'warning', message);
  return { kind: 'done' };
}

async function askOrNote(session: GraphSession, task: VerificationTask): Promise<Verified> {
  try {
    return await ask(session, task);
  } catch (error) {
    if (session.lastTry && error instanceof GraphFailure && error.kind === 'unavailable')
      await noteSilence(session, task);
    throw error;
  }
}

async function ask(
  { client, claim, credentialSetAt }: GraphSession,
  task: VerificationTask,
): Promise<Verified> {
  const checked = await checkConnection(client, claim);
  const usable = checked.finding.consent === 'granted';
  const roles =
    task === 'onboarding.rbac.verify' && usable
      ? await probeRoleAccess(client, checked.finding.granted ?? null)
      : null;
  const verdict = judgeVerification(task, { checked, externalId: claim.externalId, roles });
  // Kept with the step: a later attempt may open another credential.
  return { finding: { ...checked.finding, foundWith: credentialSetAt }, verdict };
}

/**
 * A provider that stays silent to the end makes the connection failing. That nobody answers is what the check of
 * connectivity asks; to every other question the answer is not known.
 */
async function noteSilence(session: GraphSession, task: VerificationTask): Promise<void> {
  await noteFinding(session, { health: 'failing', healthReason: 'provider_unavailable' });
  if (task !== 'onboarding.connectivity.check') await observeUnknown(session.context, task);
}
