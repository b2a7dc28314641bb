import { emptyInput } from '@signalbox/contracts/operation/empty-input';
import { keepComplianceSnapshot } from '@signalbox/db/commands/inventory/keep-compliance-snapshot';
import { operations } from '@signalbox/domain/operation/registry';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import { type ListedDevice, managedDevices, readDevice } from '../providers/graph/list-devices.ts';
import { observeSuccess } from './graph/observe.ts';
import { type GraphSession, type GraphSettings, openSession } from './graph/session.ts';
import { countedAtEnd, walk } from './graph/walk.ts';
import { walkToEnd } from './graph/walk-to-end.ts';
import { defineOperation, type Operation } from './operation.ts';

const { name, retry } = operations['compliance.snapshot'];

/** Devices by the provider's word for their state. A type, not an interface: it is kept as JSON. */
type States = { readonly [State in string]: number };

/** Counts the managed devices of a tenant by their compliance; one row for each run. */
export function complianceSnapshot(settings: GraphSettings): Operation {
  return defineOperation({
    name,
    retry,
    parseInput: (input) => emptyInput.parse(input),
    perform: async (context) => take(await openSession(context, settings, { operation: name })),
  });
}

async function take(session: GraphSession): Promise<WorkResult> {
  const { context } = session;
  await context.log('info', 'Counting the managed devices of the tenant.');
  const pages = await countDevices(session);
  const states = added(pages);
  const devices = total(states);
  context.setOutput({ devices, ...states });
  const words = Object.entries(states).map(([state, count]) => `${count} ${state}`);
  const message = `${devices} managed devices${words.length === 0 ? '' : `: ${words.join(', ')}`}.`;
  await context.log('info', message);
  await observeSuccess(context, name, { message, payload: { devices, ...states } });
  return { kind: 'done' };
}

async function countDevices(session: GraphSession): Promise<readonly States[]> {
  const { context, tenantId } = session;
  const begin = (called: string) =>
    walk<ListedDevice, States>(session, {
      name: called,
      from: managedDevices,
      entry: readDevice,
      key: ({ externalId }) => externalId,
      keep: async (tx, page, before) => {
        const states = tally(page.entries);
        if (!page.last) return states;
        const all = added([...before, states]);
        const counted = { tenantId, runId: context.run.id, devices: total(all), states: all };
        await keepComplianceSnapshot(tx, counted);
        return states;
      },
      counts: countedAtEnd,
      told: (page) => context.progress(null, `${page.kept} devices counted`),
    });
  const walks = await walkToEnd(session, 'managed devices', begin);
  // A walk that was begun anew has counted every device itself.
  return walks.at(-1)?.pages ?? [];
}

function tally(devices: readonly ListedDevice[]): States {
  const counts = new Map<string, number>();
  for (const { state } of devices) counts.set(state, (counts.get(state) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function added(parts: readonly States[]): States {
  const sums = new Map<string, number>();
  for (const part of parts) {
    for (const [state, count] of Object.entries(part)) sums.set(state, (sums.get(state) ?? 0) + count);
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => a.localeCompare(b)));
}

function total(states: States): number {
  return Object.values(states).reduce((sum, count) => sum + count, 0);
}
