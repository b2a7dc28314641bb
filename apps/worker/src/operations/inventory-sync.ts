import { emptyInput } from '@signalbox/contracts/operation/empty-input';
import { closeLook } from '@signalbox/db/commands/inventory/close-look';
import { keepPolicyNames } from '@signalbox/db/commands/inventory/keep-policy-names';
import { policyKinds } from '@signalbox/domain/backup/policy';
import { operations } from '@signalbox/domain/operation/registry';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import { policyList, readPolicySummary } from '../providers/graph/list-policies.ts';
import { beginLook } from './graph/begin-look.ts';
import { kindWords } from './graph/list-wanted.ts';
import { type GraphSession, type GraphSettings, openSession } from './graph/session.ts';
import { walkList } from './graph/walk-list.ts';
import { walkLists } from './graph/walk-lists.ts';
import { defineOperation, type Operation } from './operation.ts';

const { name, retry } = operations['inventory.sync'];

/** Keeps which policies a tenant has, by name and without their contents. */
export function inventorySync(settings: GraphSettings): Operation {
  return defineOperation({
    name,
    retry,
    parseInput: (input) => emptyInput.parse(input),
    perform: async (context) => sync(await openSession(context, settings, { operation: name })),
  });
}

async function sync(session: GraphSession): Promise<WorkResult> {
  const sighting = await beginLook(session);
  return walkLists(session, {
    task: name,
    names: policyKinds,
    words: kindWords,
    walk: (kind, so) =>
      walkList(session, {
        ...so,
        name: kindWords[kind],
        from: policyList(kind),
        entry: (entry) => {
          const { id, name: called } = readPolicySummary(kind, entry);
          return { externalId: id, kind, name: called };
        },
        keep: (tx, entries) => keepPolicyNames(tx, sighting, entries),
        close: (tx) => closeLook(tx, { policyKind: kind }, sighting),
      }),
  });
}
