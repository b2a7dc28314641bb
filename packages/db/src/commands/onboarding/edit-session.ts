import { actorOf } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import { changedFields, type Draft, valuesToOffer } from '@signalbox/domain/onboarding/draft';
import type { OnboardingStep } from '@signalbox/domain/onboarding/session';
import { decideStep } from '@signalbox/domain/onboarding/steps';
import { and, eq, sql } from 'drizzle-orm';
import type { Database, WorkspaceTransaction } from '../../client/database.ts';
import type { SessionRecord } from '../../queries/onboarding/sessions.ts';
import { stepFacts } from '../../queries/onboarding/step-facts.ts';
import { onboardingSessions } from '../../schema/onboarding.ts';
import { type AuditEntry, writeAudit } from '../observability/write-audit.ts';
import {
  bootstrapWorks,
  done,
  type Edited,
  type Editor,
  type EditRefusal,
  keepTyped,
  openRow,
  refused,
} from './editor.ts';
import { type Hold, holdSession } from './hold-session.ts';

/** What is to be changed in a session; left out, it stays. */
export interface SessionEdit {
  readonly sessionId: number;
  readonly hold: Hold;
  readonly step?: OnboardingStep | undefined;
  /** All that is typed so far: it replaces the draft. */
  readonly draft?: Draft | undefined;
  /** A connection of the tenant; the caller was shown to see it. */
  readonly connectionId?: number | undefined;
  /** A member who is entitled to the tenant; null for nobody. */
  readonly assignee?: { readonly id: number; readonly username: string } | null | undefined;
}

/** Thrown to undo the lock that was taken for an edit which is refused as a whole. */
class Undone extends Error {
  readonly refusal: EditRefusal;

  constructor(refusal: EditRefusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/**
 * Changes a session under its lock, which the caller holds, or takes when it is free. What a former holder sends too
 * late is kept for them beside the draft, and never written over what came after.
 */
export async function editSession(db: Database, editor: Editor, edit: SessionEdit): Promise<Edited> {
  try {
    return await db.inWorkspace(editor.workspaceId, async (tx) => {
      const opened = await openRow(tx, edit.sessionId);
      const held = await holdSession(tx, editor, { opened, hold: edit.hold });
      if (held !== null) return keepLate(tx, editor, { edit, session: opened.session, held });
      return apply(tx, editor, { edit, before: opened.session, now: opened.now });
    });
  } catch (error) {
    if (error instanceof Undone) return error.refusal;
    throw error;
  }
}

async function keepLate(
  tx: WorkspaceTransaction,
  editor: Editor,
  late: { readonly edit: SessionEdit; readonly session: SessionRecord; readonly held: EditRefusal },
): Promise<EditRefusal> {
  const { edit, session, held } = late;
  const values = valuesToOffer(edit.draft, session.draft) ?? {};
  const kept = await keepTyped(tx, session.id, { username: editor.username, values });
  if (kept) {
    const details = { tenantId: session.tenant.id, fields: Object.keys(values).sort(), reason: held.reason };
    await writeAudit(tx, [entryOf(editor, edit, { action: 'onboarding.draft_kept', details })]);
  }
  return refused(held.reason, held.message, kept);
}

async function apply(
  tx: WorkspaceTransaction,
  editor: Editor,
  at: { readonly edit: SessionEdit; readonly before: SessionRecord; readonly now: Date },
): Promise<Edited> {
  const { edit, before } = at;
  const place = await placeAfter(tx, at);
  const draft = edit.draft ?? before.draft;
  const assignee = edit.assignee === undefined ? before.assignee : edit.assignee;
  const fields = changedFields(before.draft, draft);
  const details: JsonObject = {
    ...(before.status === 'draft' && { begun: true }),
    ...(place.step !== before.step && { step: place.step, from: before.step }),
    ...(place.connectionId !== before.connectionId && { connectionId: place.connectionId }),
    ...(assignee?.id !== before.assignee?.id && { assignee: assignee?.username ?? null }),
    // Their names alone: what is typed may be anybody's business but the log's.
    ...(fields.length > 0 && { fields }),
  };
  await tx.query
    .update(onboardingSessions)
    .set({
      ...place,
      status: 'in_progress',
      draft,
      assigneeUserId: assignee?.id ?? null,
      assigneeName: assignee?.username ?? null,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(onboardingSessions.workspaceId, tx.workspaceId), eq(onboardingSessions.id, before.id)));
  if (Object.keys(details).length > 0) {
    const about = { tenantId: before.tenant.id, ...details };
    await writeAudit(tx, [entryOf(editor, edit, { action: 'onboarding.changed', details: about })]);
  }
  return done(tx, before.id);
}

function entryOf(
  editor: Editor,
  { sessionId, hold }: SessionEdit,
  deed: Pick<AuditEntry, 'action' | 'details'>,
): AuditEntry {
  const object = { kind: 'onboarding_session', id: String(sessionId) };
  return { ...deed, actor: actorOf(editor), object, requestId: hold.requestId };
}

const underWay = [
  'bootstrap_under_way',
  'The bootstrap of this onboarding is under way, so its step and its connection stay until that has ended or was stopped.',
] as const;

/**
 * The step and the connection after an edit. Under a bootstrap both stay: it works through that connection, and its end
 * completes the session at that step.
 * @throws Undone when the step is not ready, or a bootstrap is under way
 */
async function placeAfter(
  tx: WorkspaceTransaction,
  { edit, before, now }: { readonly edit: SessionEdit; readonly before: SessionRecord; readonly now: Date },
): Promise<{ readonly step: OnboardingStep; readonly connectionId: number | null }> {
  const connectionId = edit.connectionId ?? before.connectionId;
  const moves = connectionId !== before.connectionId || (edit.step ?? before.step) !== before.step;
  if (moves && (await bootstrapWorks(tx, before.id))) throw new Undone(refused(...underWay));
  // What was verified was verified through the connection before.
  const from = connectionId !== before.connectionId && before.step > 2 ? 2 : before.step;
  if (edit.step === undefined) return { step: from, connectionId };
  const { facts, chosenId } = await stepFacts(tx, { tenantId: before.tenant.id, connectionId, now });
  const decision = decideStep(from, edit.step, facts);
  if (decision.kind === 'not_ready') throw new Undone(refused('step_not_ready', decision.message));
  // Whoever goes on without having chosen one goes on with the one that the gate would choose.
  return { step: edit.step, connectionId: edit.step > 2 ? chosenId : connectionId };
}
