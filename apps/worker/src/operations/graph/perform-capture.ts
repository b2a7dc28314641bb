import { settledItems } from '@signalbox/db/queries/run/settled-items';
import { type PolicyKind, policyKinds } from '@signalbox/domain/backup/policy';
import type { OperationName } from '@signalbox/domain/operation/registry';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import type { RunContext } from '../../executor/run-context.ts';
import { capturePolicy } from './capture-policy.ts';
import { failItem, forEachItem } from './for-each-item.ts';
import { listWanted, type WantedPolicies } from './list-wanted.ts';
import { createProgress } from './progress.ts';
import { guarded } from './run-failure.ts';
import { type GraphSession, type GraphSettings, openSession } from './session.ts';

/** A capture, with the backup set that receives what is captured, if any. */
export interface Capture extends WantedPolicies {
  readonly operation: OperationName;
  readonly backupSetId: number | null;
}

/** Policies read at once: enough to hide the latency, few enough to stay far from the provider's limits. */
const readsAtOnce = 4;

/**
 * Captures policies. An item is a policy; its result, the version and its place in the backup set are written in one
 * transaction. A later attempt reads only the items that have no result.
 */
export async function performCapture(
  context: RunContext,
  settings: GraphSettings,
  capture: Capture,
): Promise<WorkResult> {
  const session = await openSession(context, settings, { operation: capture.operation });
  await context.log('info', 'Listing the policies of the tenant.');
  const found = await context.step('list policies', { idempotent: true }, () =>
    guarded(session, () => listWanted(session, capture)),
  );
  const kindOf = new Map<string, PolicyKind>();
  for (const kind of policyKinds) for (const id of found[kind] ?? []) kindOf.set(id, kind);
  // Asked for but not there, or declared by an earlier attempt and gone before this one listed the tenant again.
  const declared = context.items.open().map(({ key }) => key);
  await failUnknown(session, [...new Set([...(capture.policyIds ?? []), ...declared])], kindOf);

  const total = kindOf.size;
  const report = createProgress(context, total);
  const open = context.items.open();
  await context.log(
    'info',
    `${total} policies to capture${open.length < total ? `, ${open.length} left` : ''}.`,
  );
  await context.step('read policies', { idempotent: true }, async () => {
    await forEachItem(session, {
      items: open,
      concurrency: readsAtOnce,
      work: async ({ key, label }) => {
        const kind = kindOf.get(key);
        if (kind === undefined) throw new Error(`Item ${key} was not listed.`);
        const policy = await capturePolicy(session.client, { kind, id: key });
        const { tenantId } = session;
        const { backupSetId } = capture;
        // Noted in one turn, so that both are in the same transaction.
        await Promise.all([
          context.deed({ kind: 'capture_policies', tenantId, backupSetId, policies: [policy] }),
          context.items.settle(key, 'succeeded'),
        ]);
        await report(`Read ${label}`);
      },
    });
    return null;
  });
  await summarise(context, capture);
  return { kind: 'done' };
}

/** Policies that were asked for by id and are not there. */
async function failUnknown(
  session: GraphSession,
  asked: readonly string[],
  known: ReadonlyMap<string, PolicyKind>,
): Promise<void> {
  const { items } = session.context;
  const unknown = asked.filter((id) => !known.has(id)).map((id) => ({ key: id, label: id }));
  await items.declare(unknown);
  const open = new Set(items.open().map(({ key }) => key));
  for (const item of unknown.filter(({ key }) => open.has(key))) {
    await failItem(session, item, { code: 'not_found', message: 'The tenant has no such policy.' });
  }
}

/** Counts over all attempts, from what was recorded. */
async function summarise(context: RunContext, { backupSetId }: Capture): Promise<void> {
  const settled = await context.save((tx) => settledItems(tx, context.run.id));
  const details = settled.filter(({ outcome }) => outcome === 'succeeded').map(({ detail }) => detail);
  const captured = details.length;
  const fresh = details.filter((detail) => detail.fresh === true).length;
  const failed = settled.length - captured;
  const added = details.filter((detail) => detail.added === true).length;
  context.setOutput({
    captured,
    newVersions: fresh,
    unchanged: captured - fresh,
    failed,
    ...(backupSetId !== null && { backupSetId, added, alreadyContained: captured - added }),
  });
  const parts = [
    `${captured} captured (${fresh} new versions, ${captured - fresh} unchanged)`,
    ...(backupSetId === null ? [] : [`${added} added to the backup set`]),
    ...(failed === 0 ? [] : [`${failed} failed`]),
  ];
  await context.log('info', `${parts.join(', ')}.`);
}
