import { randomUUID } from 'node:crypto';
import { restoreExecuteInput } from '@signalbox/contracts/operation/restore-execute';
import { listRestorable } from '@signalbox/db/queries/backup/restorable-items';
import { previewOf } from '@signalbox/db/queries/backup/restore-previews';
import { settledItems } from '@signalbox/db/queries/run/settled-items';
import type { PreviewItem } from '@signalbox/db/schema/backup';
import type { GroupMapping } from '@signalbox/domain/backup/assignments';
import { operations } from '@signalbox/domain/operation/registry';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import type { RunContext } from '../executor/run-context.ts';
import { OperationFailure } from './failures.ts';
import { createContents } from './graph/contents.ts';
import { declareChosen } from './graph/declare-chosen.ts';
import { forEachItem, type OpenItem } from './graph/for-each-item.ts';
import { createGroupLookup } from './graph/group-lookup.ts';
import { lettingFinish } from './graph/letting-finish.ts';
import { createProgress } from './graph/progress.ts';
import { restoreItem } from './graph/restore-item.ts';
import { guarded } from './graph/run-failure.ts';
import { type GraphSession, type GraphSettings, openSession } from './graph/session.ts';
import { findStaleItems } from './graph/stale-items.ts';
import { defineOperation, type Operation } from './operation.ts';

/**
 * Writes the items of a preview back to the tenant, with their assignments.
 *
 * A fresh restore first reads everything it is about to touch and refuses as a whole when anything is no longer what
 * the preview saw. A retry of failed items compares each anew (decision 003). Items are written one after the other.
 */
export function restoreExecute(settings: GraphSettings): Operation {
  const { name, retry } = operations.restore_execute;
  return defineOperation({
    name,
    retry,
    // The start gate has filled in the preview.
    parseInput: (input) => restoreExecuteInput.required({ previewRunId: true }).parse(input),
    perform: async (context, { previewRunId, itemIds, groupMapping }) => {
      const signal = lettingFinish(context.signal);
      const session = await openSession(context, settings, { operation: name, signal });
      return restore(session, { previewRunId, itemIds: itemIds ?? null, groupMapping: groupMapping ?? {} });
    },
  });
}

interface Restore {
  readonly previewRunId: number;
  readonly itemIds: readonly number[] | null;
  readonly groupMapping: GroupMapping;
}

async function restore(session: GraphSession, asked: Restore): Promise<WorkResult> {
  const { context } = session;
  const preview = await context.read((tx) => previewOf(tx, asked.previewRunId));
  if (preview === null) throw new OperationFailure(previewMissing, false);
  const chosen = preview.items.filter(({ itemId }) => asked.itemIds?.includes(itemId) ?? true);
  const total = await context.step('choose items', { idempotent: true }, async () => {
    const itemIds = chosen.map(({ itemId }) => itemId);
    const found = await context.read((tx) => listRestorable(tx, { setId: preview.setId, itemIds }));
    return declareChosen(session, { found, asked: asked.itemIds, problem: 'The preview has no such item.' });
  });
  const contents = createContents(
    context,
    preview.setId,
    chosen.map(({ itemId }) => String(itemId)),
  );
  const anew = context.run.linkKind === 'retry';
  if (!anew) {
    await context.log('info', `Comparing ${chosen.length} live objects with what the preview saw.`);
    const stale = await context.step('compare with the preview', { idempotent: true }, () =>
      guarded(session, () => findStaleItems(session, chosen, contents)),
    );
    if (stale.length > 0) {
      await context.log(
        'error',
        `${stale.length} live objects changed since the preview; nothing was written.`,
      );
      return { kind: 'failed', error: previewStale(stale) };
    }
  }
  await writeItems(session, { asked, total, contents, anew, chosen });
  await summarise(context);
  return { kind: 'done' };
}

interface Writing {
  readonly asked: Restore;
  readonly total: number;
  readonly contents: ReturnType<typeof createContents>;
  readonly anew: boolean;
  readonly chosen: readonly PreviewItem[];
}

/**
 * Writes in portions. Before each, a step records that this attempt begins it: a later attempt that finds the mark of
 * another knows that any open item of the portion may have been begun, and that items behind it were not.
 */
async function writeItems(session: GraphSession, writing: Writing): Promise<void> {
  const { context } = session;
  const fingerprints = new Map(writing.chosen.map((item) => [String(item.itemId), item.liveFingerprint]));
  const groups = createGroupLookup(session.client);
  const report = createProgress(context, writing.total);
  const mine = randomUUID();
  const open = new Map(context.items.open().map((item) => [item.key, item]));
  for (const { name, keys } of portions([...fingerprints.keys()])) {
    const items = keys.map((key) => open.get(key)).filter((item) => item !== undefined);
    if (items.length === 0) continue;
    const begunBy = await context.step(name, { idempotent: true }, () => Promise.resolve(mine));
    await forEachItem(session, {
      items,
      concurrency: 1,
      work: async ({ key, label }) => {
        const item = await writing.contents(key);
        if (item === undefined) throw new Error(`Item ${key} has no content.`);
        const result = await restoreItem(session.client, groups, {
          item,
          groupMapping: writing.asked.groupMapping,
          previewed: fingerprints.get(key) ?? '',
          anew: writing.anew,
          resumed: begunBy !== mine,
          effectKey: context.items.effectKey(key),
        });
        await settle(context, { key, label }, result);
        await report(`${said[result.outcome]} ${label}`);
      },
    });
  }
}

const said = { succeeded: 'Wrote', failed: 'Could not write', skipped: 'Left alone' } as const;

async function settle(
  context: RunContext,
  item: OpenItem,
  result: Awaited<ReturnType<typeof restoreItem>>,
): Promise<void> {
  if (result.outcome !== 'failed') {
    return context.items.settle(item.key, result.outcome, { detail: result.detail });
  }
  await context.items.settle(item.key, 'failed', { error: result.error });
  await context.log('warning', `${item.label}: ${result.error.message}`);
}

/** Portions of at least ten items, at most twenty of them, so that a run keeps a readable number of steps. */
function portions(keys: readonly string[]): { readonly name: string; readonly keys: readonly string[] }[] {
  const size = Math.max(10, Math.ceil(keys.length / 20));
  return Array.from({ length: Math.ceil(keys.length / size) }, (_, index) => {
    const from = index * size;
    const portion = keys.slice(from, from + size);
    return { name: `begin items ${from + 1} to ${from + portion.length}`, keys: portion };
  });
}

/** Counts over all attempts, from what was recorded. */
async function summarise(context: RunContext): Promise<void> {
  const settled = await context.save((tx) => settledItems(tx, context.run.id));
  const count = (is: (item: (typeof settled)[number]) => boolean): number => settled.filter(is).length;
  const output = {
    created: count(({ outcome, detail }) => outcome === 'succeeded' && detail.action === 'create'),
    updated: count(({ outcome, detail }) => outcome === 'succeeded' && detail.action === 'update'),
    skipped: count(({ outcome }) => outcome === 'skipped'),
    failed: count(({ outcome }) => outcome === 'failed'),
  };
  context.setOutput(output);
  const { created, updated, skipped, failed } = output;
  await context.log('info', `${created} created, ${updated} updated, ${skipped} skipped, ${failed} failed.`);
}

const previewMissing: SafeError = {
  code: 'restore_preview_missing',
  message: 'The preview no longer exists.',
};

function previewStale(stale: readonly number[]): SafeError {
  return {
    code: 'preview_stale',
    message: 'The tenant has changed since the preview, so nothing was written.',
    context: { changed: stale.length, items: stale.slice(0, 20).join(', ') },
  };
}
