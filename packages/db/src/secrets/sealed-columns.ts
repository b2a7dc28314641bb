import type { SealedPlace } from './envelope.ts';

/** A column that holds sealed values. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The column that names a row; the seal is bound to it. */
  readonly key: string;
  /** True for a table whose rows belong to workspaces. */
  readonly inWorkspace: boolean;
}

/**
 * Every column that holds sealed values. This is the one list: keys are counted and rotated by it, and a test fails
 * when the schema has a column of bytes that stands neither here nor among {@link plainBytes}. The function
 * `system_sealing_keys` counts the same columns.
 */
export const sealedColumns = [
  { table: 'connections', column: 'sealed_secret', key: 'id', inWorkspace: true },
  { table: 'signing_keys', column: 'sealed_private_jwk', key: 'kid', inWorkspace: false },
  { table: 'users', column: 'mfa_secret', key: 'id', inWorkspace: false },
  { table: 'users', column: 'mfa_pending', key: 'id', inWorkspace: false },
] as const satisfies readonly SealedColumn[];

/** Columns of bytes that are hashes, and so neither secret nor sealed. */
export const plainBytes = [
  'api_keys.previous_hash',
  'api_keys.secret_hash',
  'audit_seals.digest',
  'audit_seals.entry_digests',
  'audit_seals.previous',
  'invitations.secret_hash',
  'recovery_codes.code_hash',
  'sessions.secret_hash',
  'setup_links.secret_hash',
  'ws_tickets.secret_hash',
] as const;

/** What a seal in one of those columns is bound to: the row by its key, and its workspace or none. */
export function sealedPlace(
  { table, column }: Pick<(typeof sealedColumns)[number], 'table' | 'column'>,
  row: { readonly workspaceId?: string; readonly key: string | number },
): SealedPlace {
  return { workspaceId: row.workspaceId ?? '', row: `${table}:${row.key}`, column };
}
