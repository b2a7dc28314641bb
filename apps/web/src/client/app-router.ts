// Stands in for the API's router until that exists.

import { getMeContract } from '@signalbox/contracts/access/get-me';
import { getSignInOptionsContract } from '@signalbox/contracts/access/get-sign-in-options';
import { signInContract } from '@signalbox/contracts/access/sign-in';
import { signOutContract } from '@signalbox/contracts/access/sign-out';
import { createBackupSetContract } from '@signalbox/contracts/backup/create-backup-set';
import { getBackupSetContract } from '@signalbox/contracts/backup/get-backup-set';
import { getRunPreviewContract } from '@signalbox/contracts/backup/get-run-preview';
import { listBackupItemsContract } from '@signalbox/contracts/backup/list-backup-items';
import { listBackupSetsContract } from '@signalbox/contracts/backup/list-backup-sets';
import { listRestorePreviewsContract } from '@signalbox/contracts/backup/list-restore-previews';
import { checkConnectionContract } from '@signalbox/contracts/connection/check-connection';
import { getConnectionContract } from '@signalbox/contracts/connection/get-connection';
import { listConnectionsContract } from '@signalbox/contracts/connection/list-connections';
import { listPoliciesContract } from '@signalbox/contracts/inventory/list-policies';
import { listOperationsContract } from '@signalbox/contracts/operation/list-operations';
import type { Problem } from '@signalbox/contracts/problem/problem';
import { cancelRunContract } from '@signalbox/contracts/run/cancel-run';
import { getRunContract } from '@signalbox/contracts/run/get-run';
import { listRunEventsContract } from '@signalbox/contracts/run/list-run-events';
import { listRunItemsContract } from '@signalbox/contracts/run/list-run-items';
import { listRunLogsContract } from '@signalbox/contracts/run/list-run-logs';
import { listRunStepsContract } from '@signalbox/contracts/run/list-run-steps';
import { listRunsContract } from '@signalbox/contracts/run/list-runs';
import { type LiveEvent, liveInput } from '@signalbox/contracts/run/live-events';
import { replayRunContract } from '@signalbox/contracts/run/replay-run';
import { retryFailedItemsContract } from '@signalbox/contracts/run/retry-failed-items';
import { startRunContract } from '@signalbox/contracts/run/start-run';
import { whatIfContract } from '@signalbox/contracts/run/what-if';
import { getTenantContract } from '@signalbox/contracts/workspace/get-tenant';
import { listTenantsContract } from '@signalbox/contracts/workspace/list-tenants';
import { initTRPC, tracked } from '@trpc/server';
import type { z } from 'zod';

const t = initTRPC.create({
  errorFormatter: ({ shape }) => ({ ...shape, data: { ...shape.data, problem: null as unknown as Problem } }),
});
type C<I extends z.ZodObject, O extends z.ZodType> = { input: I; output: O };
const no = () => {
  throw new Error('types only');
};
function q<I extends z.ZodObject, O extends z.ZodType>(c: C<I, O>) {
  return t.procedure
    .input(c.input)
    .output(c.output)
    .query(no as never);
}
function m<I extends z.ZodObject, O extends z.ZodType>(c: C<I, O>) {
  return t.procedure
    .input(c.input)
    .output(c.output)
    .mutation(no as never);
}
async function* events() {
  yield tracked('1', {} as LiveEvent);
}
const router = t.router({
  run: t.router({
    list: q(listRunsContract),
    get: q(getRunContract),
    steps: q(listRunStepsContract),
    items: q(listRunItemsContract),
    events: q(listRunEventsContract),
    logs: q(listRunLogsContract),
    preview: q(getRunPreviewContract),
    start: m(startRunContract),
    whatIf: m(whatIfContract),
    cancel: m(cancelRunContract),
    replay: m(replayRunContract),
    retryFailedItems: m(retryFailedItemsContract),
  }),
  operation: t.router({ list: q(listOperationsContract) }),
  tenant: t.router({ list: q(listTenantsContract), get: q(getTenantContract) }),
  connection: t.router({
    list: q(listConnectionsContract),
    get: q(getConnectionContract),
    check: m(checkConnectionContract),
  }),
  backupSet: t.router({
    list: q(listBackupSetsContract),
    get: q(getBackupSetContract),
    items: q(listBackupItemsContract),
    create: m(createBackupSetContract),
  }),
  restorePreview: t.router({ list: q(listRestorePreviewsContract) }),
  policy: t.router({ list: q(listPoliciesContract) }),
  session: t.router({
    signIn: m(signInContract),
    signOut: m(signOutContract),
    me: q(getMeContract),
    options: q(getSignInOptionsContract),
  }),
  live: t.router({ events: t.procedure.input(liveInput).subscription(events) }),
});
export type AppRouter = typeof router;
