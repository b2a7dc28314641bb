import type { Notification } from '@signalbox/contracts/notification/notification';
import type { NotificationRecord } from '@signalbox/db/queries/notification/notifications';
import type { Principal } from '@signalbox/domain/access/principal';
import { runReason, whatNext } from '@signalbox/domain/run/describe-run';
import { presentSteps } from '../gate/next-steps.ts';
import { presentReason } from '../gate/reason.ts';
import { narrativeFacts } from '../run/narrative.ts';
import { presentRunSummary } from '../run/run-summary.ts';
import { moment, optionalMoment } from '../time.ts';

/** What a person is told about a run of theirs: how it ended, why, and what to do next. */
export function presentNotification(record: NotificationRecord, principal: Principal): Notification {
  const { run } = record;
  const ended = run.finishedAt ?? record.createdAt;
  const facts = narrativeFacts(run, null);
  const reason = runReason(facts);
  const objects = {
    runId: run.id,
    connectionId: run.connection?.id,
    tenantId: run.tenant?.id,
    operation: run.operation,
    backupSetId: record.backupSetId,
  };
  return {
    id: record.id,
    at: moment(ended),
    ...optionalMoment('readAt', record.readAt),
    run: presentRunSummary(run, ended),
    ...(reason !== null && { reason: presentReason(reason) }),
    nextSteps: presentSteps(whatNext(facts, ended).steps, principal, objects),
    href: `/w/${principal.workspaceId}/runs/${run.id}`,
  };
}
