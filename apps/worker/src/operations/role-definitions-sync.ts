import { emptyInput } from '@signalbox/contracts/operation/empty-input';
import { closeLook } from '@signalbox/db/commands/inventory/close-look';
import { keepRoleDefinitions } from '@signalbox/db/commands/inventory/keep-role-definitions';
import { operations } from '@signalbox/domain/operation/registry';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import { readRoleDefinition, roleDefinitionLists } from '../providers/graph/list-role-definitions.ts';
import { beginLook } from './graph/begin-look.ts';
import { type GraphSession, type GraphSettings, openSession } from './graph/session.ts';
import { walkList } from './graph/walk-list.ts';
import { walkLists } from './graph/walk-lists.ts';
import { defineOperation, type Operation } from './operation.ts';

const { name, retry } = operations['directory.role_definitions.sync'];
const words = { entra: 'Entra role definitions', intune: 'Intune role definitions' } as const;

/** Keeps which role definitions a tenant has: those of Entra and, where the tenant has it, those of Intune. */
export function roleDefinitionsSync(settings: GraphSettings): Operation {
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
    names: ['entra', 'intune'] as const,
    words,
    walk: (source, so) =>
      walkList(session, {
        ...so,
        name: words[source],
        from: roleDefinitionLists[source],
        entry: readRoleDefinition,
        optional: source === 'intune',
        keep: (tx, entries) => keepRoleDefinitions(tx, { ...sighting, source }, entries),
        close: (tx) => closeLook(tx, { source }, sighting),
      }),
  });
}
