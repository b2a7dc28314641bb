import { restorePreviewInput } from '@signalbox/contracts/operation/restore-preview';
import { savePreview } from '@signalbox/db/commands/backup/save-preview';
import { previewedItems } from '@signalbox/db/queries/backup/previewed-items';
import { listRestorable } from '@signalbox/db/queries/backup/restorable-items';
import { operations } from '@signalbox/domain/operation/registry';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import type { RunContext } from '../executor/run-context.ts';
import { createContents } from './graph/contents.ts';
import { declareChosen } from './graph/declare-chosen.ts';
import { forEachItem } from './graph/for-each-item.ts';
import { createGroupLookup } from './graph/group-lookup.ts';
import { previewItem } from './graph/preview-item.ts';
import { createProgress } from './graph/progress.ts';
import { type GraphSettings, openSession } from './graph/session.ts';
import { defineOperation, type Operation } from './operation.ts';

/** Items compared at once. */
const comparesAtOnce = 4;

/** Compares the items of a backup set with the live objects, says what a restore would do, and writes nothing. */
export function restorePreview(settings: GraphSettings): Operation {
  const { name, retry } = operations.restore_preview;
  return defineOperation({
    name,
    retry,
    // The start gate has filled in the set.
    parseInput: (input) => restorePreviewInput.required({ backupSetId: true }).parse(input),
    perform: (context, { backupSetId, itemIds }) =>
      preview(context, settings, { setId: backupSetId, itemIds: itemIds ?? null }),
  });
}

async function preview(
  context: RunContext,
  settings: GraphSettings,
  choice: { readonly setId: number; readonly itemIds: readonly number[] | null },
): Promise<WorkResult> {
  const session = await openSession(context, settings, { operation: 'restore_preview' });
  const total = await context.step('choose items', { idempotent: true }, async () => {
    const found = await context.read((tx) => listRestorable(tx, choice));
    return declareChosen(session, {
      found,
      asked: choice.itemIds,
      problem: 'The backup set has no such item.',
    });
  });
  const open = context.items.open();
  await context.log('info', `Comparing ${open.length} of ${total} items with the tenant.`);
  const contents = createContents(
    context,
    choice.setId,
    open.map(({ key }) => key),
  );
  const groups = createGroupLookup(session.client);
  const report = createProgress(context, total);
  await context.step('compare items', { idempotent: true }, async () => {
    await forEachItem(session, {
      items: open,
      concurrency: comparesAtOnce,
      work: async ({ key, label }) => {
        const item = await contents(key);
        if (item === undefined) throw new Error(`Item ${key} has no content.`);
        const { itemId, ...detail } = await previewItem(session.client, groups, item);
        await context.items.settle(key, 'succeeded', { detail });
        if (detail.unknownGroups !== undefined) {
          const text = `${label}: the tenant lacks ${detail.unknownGroups.length} of its groups; map them.`;
          await context.log('warning', text);
        }
        await report(`Compared ${label}`);
      },
    });
    return null;
  });
  const found = await context.save(async (tx) => {
    const items = await previewedItems(tx, context.run.id);
    await savePreview(tx, { runId: context.run.id, setId: choice.setId }, items);
    return items;
  });
  const count = (action: string): number => found.filter((item) => item.action === action).length;
  const counts = {
    create: count('create'),
    update: count('update'),
    skip: count('skip'),
    conflict: count('conflict'),
  };
  context.setOutput({ backupSetId: choice.setId, ...counts });
  await context.log(
    'info',
    `A restore would create ${counts.create}, update ${counts.update} and skip ${counts.skip}; ${counts.conflict} conflict.`,
  );
  return { kind: 'done' };
}
