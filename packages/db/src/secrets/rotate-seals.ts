import type postgres from 'postgres';
import { type Keyring, seal, unseal } from './envelope.ts';
import { sealedColumns, sealedPlace } from './sealed-columns.ts';

/** What became of the values of one column. */
export interface Resealed {
  /** `table.column`. */
  readonly place: string;
  /** Values that the current key seals now and did not before. */
  readonly values: number;
  /** Values that no key of the keyring opens; they were left as they are. */
  readonly unopened: number;
}

export interface RotateOptions {
  /** Values in one transaction; 100 unless said. */
  readonly batch?: number;
  /** Called after each commit. */
  readonly onBatch?: (place: string, values: number) => void;
}

type Column = (typeof sealedColumns)[number];

interface Row {
  readonly key: string;
  readonly workspace_id: string | null;
  readonly sealed: Uint8Array;
}

/**
 * Seals everything with the current key. It works in small transactions that each lock, read and write some rows in
 * the order of their keys, so it may run while api and workers do, twice at once, and again after it was cut off: what
 * the current key seals already is not looked at, and what somebody changes meanwhile is not overwritten.
 */
export async function rotateSeals(
  system: postgres.Sql,
  keyring: Keyring,
  options: RotateOptions = {},
): Promise<Resealed[]> {
  const done: Resealed[] = [];
  for (const column of sealedColumns) done.push(await rotateColumn(system, keyring, { column, ...options }));
  return done;
}

async function rotateColumn(
  system: postgres.Sql,
  keyring: Keyring,
  { column, batch = 100, onBatch }: RotateOptions & { readonly column: Column },
): Promise<Resealed> {
  const place = `${column.table}.${column.column}`;
  let values = 0;
  let unopened = 0;
  let after: string | null = null;
  for (;;) {
    const one: { rows: number; resealed: number; last: string | null } = await system.begin(async (tx) => {
      const rows = await lockNext(tx, { column, after, batch, current: keyring.current });
      const fresh = rows.flatMap((row) => resealed(keyring, column, row) ?? []);
      if (fresh.length > 0) await write(tx, { column, fresh, current: keyring.current });
      return { rows: rows.length, resealed: fresh.length, last: rows.at(-1)?.key ?? null };
    });
    values += one.resealed;
    unopened += one.rows - one.resealed;
    if (one.last === null) return { place, values, unopened };
    after = one.last;
    onBatch?.(place, one.resealed);
  }
}

/** The next rows whose value another key sealed, locked until the end of the transaction. */
function lockNext(
  tx: postgres.TransactionSql,
  ask: { column: Column; after: string | null; batch: number; current: string },
): Promise<Row[]> {
  const { table, column, key, inWorkspace } = ask.column;
  const type = keyType(ask.column);
  return tx<Row[]>`
    select ${tx(key)}::text as key, ${inWorkspace ? tx`workspace_id` : tx`null`} as workspace_id, ${tx(column)} as sealed
    from ${tx(table)}
    where ${tx(column)} is not null and sealing_key(${tx(column)}) <> ${ask.current}
      and (${ask.after}::text is null or ${tx(key)} > ${ask.after}::text::${type(tx)})
    order by ${tx(table)}.${tx(key)} limit ${ask.batch} for no key update`;
}

/** The value under the current key, or null when no key opens it. */
function resealed(keyring: Keyring, column: Column, row: Row): (Row & { fresh: Uint8Array }) | null {
  const bound = sealedPlace(column, {
    key: row.key,
    ...(row.workspace_id === null ? {} : { workspaceId: row.workspace_id }),
  });
  try {
    return { ...row, fresh: seal(keyring, unseal(keyring, row.sealed, bound), bound) };
  } catch {
    return null;
  }
}

async function write(
  tx: postgres.TransactionSql,
  { column: at, fresh, current }: { column: Column; fresh: (Row & { fresh: Uint8Array })[]; current: string },
): Promise<void> {
  for (const { key, sealed, fresh: value } of fresh) {
    const { count } = await tx`
      update ${tx(at.table)} set ${tx(at.column)} = ${value}
      where ${tx(at.key)} = ${key}::text::${keyType(at)(tx)} and ${tx(at.column)} = ${sealed}`;
    if (count !== 1) throw new Error(`A sealed value of ${at.table} changed under its lock.`);
  }
  await audit(tx, { at, fresh, current });
}

/** One entry in each workspace that a value belongs to: its own, those of the person, or all for a signing key. */
async function audit(
  tx: postgres.TransactionSql,
  { at, fresh, current }: { at: Column; fresh: readonly Row[]; current: string },
): Promise<void> {
  const keys = fresh.map(({ key }) => key);
  const owners = {
    connections: tx`select x as workspace_id, count(*) as n
      from unnest(${fresh.map((row) => row.workspace_id)}::text[]) x group by 1`,
    users: tx`select workspace_id, count(*) as n from members
      where user_id = any (${keys}::bigint[]) and removed_at is null group by 1`,
    signing_keys: tx`select id as workspace_id, ${keys.length}::bigint as n from workspaces`,
  }[at.table];
  await tx`
    insert into audit_entries (workspace_id, actor_kind, actor_name, action, object_kind, object_id, details)
    select o.workspace_id, 'system', 'envelope keys', 'secrets.rotated', 'envelope_key', ${current},
      jsonb_build_object('place', ${`${at.table}.${at.column}`}::text, 'values', o.n)
    from (${owners}) o order by o.workspace_id`;
}

const keyType = (column: Column) => (tx: postgres.TransactionSql) =>
  column.key === 'kid' ? tx`text` : tx`bigint`;
