import { groupsSyncInput } from '@signalbox/contracts/operation/groups-sync';
import { databaseNow } from '@signalbox/db/client/database-now';
import { type Listing, readSyncStart } from '@signalbox/db/commands/inventory/sync-state';
import { operations } from '@signalbox/domain/operation/registry';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import { changesFromNow, countGroups } from '../providers/graph/list-groups.ts';
import { observeSuccess } from './graph/observe.ts';
import { guarded } from './graph/run-failure.ts';
import { type GraphSession, type GraphSettings, openSession } from './graph/session.ts';
import { type GroupsWalked, walkAllGroups, walkChanges } from './graph/walk-groups.ts';
import { walkToEnd } from './graph/walk-to-end.ts';
import { defineOperation, type Operation } from './operation.ts';

/**
 * Keeps which groups a tenant has. The first run reads all of them, later ones what has changed since, and where the
 * provider has forgotten since when, all of them again.
 */
export function groupsSync(settings: GraphSettings): Operation {
  const { name, retry } = operations['directory.groups.sync'];
  return defineOperation({
    name,
    retry,
    parseInput: (input) => groupsSyncInput.parse(input),
    perform: async (context, { selectionKey }) =>
      sync(await openSession(context, settings, { operation: name }), selectionKey),
  });
}

async function sync(session: GraphSession, subject: string): Promise<WorkResult> {
  const { context, tenantId, connectionId } = session;
  const listing = { tenantId, connectionId, subject };
  const { seenAt, deltaLink } = await context.step('look up the last sync', { idempotent: true }, () =>
    context.read((tx) => readSyncStart(tx, listing)),
  );
  if (deltaLink !== null) {
    await context.log('info', 'Reading which groups have changed since the last sync.');
    const walked = await walkChanges(session, { listing, seenAt }, deltaLink);
    if (walked.kind === 'ended') return summarise(session, { mode: 'delta', walks: [walked] });
    await context.log(
      'warning',
      'The provider no longer knows since when to tell changes; reading all groups again.',
    );
    return readAll(session, listing, { mode: 'resync', walks: [walked] });
  }
  await context.log('info', 'Reading all groups of the tenant.');
  return readAll(session, listing, { mode: 'full', walks: [] });
}

interface Synced {
  readonly mode: 'full' | 'delta' | 'resync';
  /** In order; the last one came to its end. */
  readonly walks: readonly GroupsWalked[];
}

async function readAll(session: GraphSession, listing: Listing, so: Synced): Promise<WorkResult> {
  const { context } = session;
  // What the changes named before this counts as seen earlier: it may have gone meanwhile, and only this walk can tell.
  const { link, seenAt } = await context.step('note where changes begin', { idempotent: true }, async () => ({
    link: await guarded(session, () => changesFromNow(session.client)),
    seenAt: (await context.read(databaseNow)).toISOString(),
  }));
  const { expected } = await context.step('count the groups', { idempotent: true }, async () => ({
    expected: await guarded(session, () => countGroups(session.client)),
  }));
  let walked = 0;
  const walks = await walkToEnd(session, 'all groups', async (name) => {
    walked += 1;
    // Each walk is a look of its own: what only the one before saw may have gone since.
    const began = walked === 1 ? seenAt : await beginAgain(session, name);
    return walkAllGroups(session, { listing, seenAt: began }, { name, link, expected });
  });
  return summarise(session, { ...so, walks: [...so.walks, ...walks] });
}

async function beginAgain({ context }: GraphSession, walk: string): Promise<string> {
  const { seenAt } = await context.step(`note the time for ${walk}`, { idempotent: true }, () =>
    context.read(async (tx) => ({ seenAt: (await databaseNow(tx)).toISOString() })),
  );
  return seenAt;
}

/** What was seen is what the last walk saw; what was written counts over all of them. */
async function summarise(session: GraphSession, { mode, walks }: Synced): Promise<WorkResult> {
  const { context } = session;
  const all = walks.flatMap(({ pages }) => pages);
  const last = walks.at(-1);
  const sum = (of: 'added' | 'changed' | 'removed' | 'purged') =>
    all.reduce((total, page) => total + page[of], 0);
  const output = {
    mode,
    pages: all.length,
    seen: last?.read ?? 0,
    added: sum('added'),
    changed: sum('changed'),
    unchanged: (last?.pages ?? []).reduce((total, page) => total + page.unchanged, 0),
    removed: sum('removed'),
    purged: sum('purged'),
  };
  context.setOutput(output);
  const words = mode === 'delta' ? `${output.seen} groups had changed` : `${output.seen} groups seen`;
  const message = `${words}: ${output.added} added, ${output.changed} changed, ${output.removed} removed.`;
  await context.log('info', message);
  await observeSuccess(context, 'directory.groups.sync', { message, payload: output });
  return { kind: 'done' };
}
