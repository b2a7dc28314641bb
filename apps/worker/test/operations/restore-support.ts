import type { PolicyKind } from '@signalbox/domain/backup/policy';
import type { LedgerEntry } from '@signalbox/emulators/graph/ledger';
import { demoTenants } from '@signalbox/emulators/graph/seed/tenants';
import type { Row } from 'postgres';
import { createGraphClient, type GraphClient } from '../../src/providers/graph/graph-client.ts';
import { type LivePolicy, readPolicy } from '../../src/providers/graph/read-policy.ts';
import { type OperationBench, openOperationBench, type Place } from './support.ts';

/** The policies that restores are tried on. */
export const segment = 'deviceConfigurations';
export const kind: PolicyKind = 'deviceConfiguration';

/** Device configurations in a backup set, as items in order. */
export interface Backup {
  readonly setId: number;
  readonly policyIds: readonly string[];
  /** By policy id. */
  readonly itemIds: ReadonlyMap<string, number>;
}

/** A bench with what tests of restores share. */
export interface RestoreBench extends OperationBench {
  /** Our own look at the tenant. */
  client(place: Place): GraphClient;
  backUp(place: Place, count: number): Promise<Backup>;
  /** Changes a live policy behind everybody's back. */
  meddle(place: Place, id: string, description?: string): Promise<void>;
  /** A succeeded preview; the emulator's ledger is empty afterwards. */
  preview(place: Place): Promise<Row>;
  /** Writes that took effect. */
  applied(): Promise<LedgerEntry[]>;
  /** A backed-up policy that is assigned to groups. */
  groupAssigned(place: Place, backup: Backup): Promise<{ policy: LivePolicy; groups: string[] }>;
}

export async function openRestoreBench(): Promise<RestoreBench> {
  const bench = await openOperationBench();
  const { control, sql } = bench;
  const client = ({ alias }: Place): GraphClient => {
    const demo = demoTenants.find((tenant) => tenant.alias === alias);
    return createGraphClient({
      baseUrl: bench.graph.graphUrl,
      loginUrl: bench.graph.loginUrl,
      tenantExternalId: alias,
      clientId: demo?.clientId ?? '',
      clientSecret: demo?.clientSecret ?? '',
      signal: new AbortController().signal,
    });
  };
  return {
    ...bench,
    client,
    backUp: async (place, count) => {
      const setId = await bench.backupSet(place);
      const captured = await bench.run(place, 'snapshot_capture', { input: { kinds: [kind] } });
      const items = await bench.items(Number(captured.id));
      const policyIds = items.slice(0, count).map((item) => String(item.key));
      await bench.run(place, 'backup_set_add_policies', { input: { policyIds } });
      const rows = await sql`select i.id, p.external_id from backup_items i
        join policy_versions v on v.id = i.policy_version_id join policies p on p.id = v.policy_id
        where i.set_id = ${setId}`;
      const itemIds = new Map(rows.map((row) => [String(row.external_id), Number(row.id)]));
      return { setId, policyIds, itemIds };
    },
    meddle: (place, id, description = 'Changed by hand') =>
      control.editPolicy({ tenant: place.alias, segment, id }, { description }),
    preview: async (place) => {
      const run = await bench.run(place, 'restore_preview');
      if (run.status !== 'succeeded') throw new Error(`The preview ended ${run.status}.`);
      await control.clearLedger();
      return run;
    },
    applied: async () => (await control.ledger()).filter((entry) => entry.applied),
    groupAssigned: async (place, backup) => {
      for (const id of backup.policyIds) {
        const policy = await readPolicy(client(place), { kind, id });
        const groups = groupsOf(policy);
        if (groups.length > 0) return { policy, groups };
      }
      throw new Error('No policy is assigned to a group.');
    },
  };
}

/** The groups that a live policy is assigned to. */
export function groupsOf(policy: LivePolicy): string[] {
  return policy.assignments.flatMap(({ target }) => {
    const group = (target as { groupId?: string }).groupId;
    return group === undefined ? [] : [group];
  });
}

export function failedItems(items: readonly Row[]): Row[] {
  return items.filter((item) => item.outcome === 'failed');
}
