import { operationLabel } from '../gate/describe-start.ts';

/** What an audit entry is about, with the names that are known. */
export interface ObjectFacts {
  readonly object: { readonly kind: string; readonly id: string; readonly name: string | null };
  /** Of the run, or of what was asked for. */
  readonly operation: string | null;
  readonly tenant: { readonly name: string } | null;
}

const kinds: Readonly<Record<string, string>> = {
  run: 'run',
  tenant: 'tenant',
  connection: 'connection',
  backup_set: 'backup set',
  bulk_action: 'bulk action',
  batch: 'batch',
  saved_view: 'view',
  member: 'member',
  user: 'account',
  invitation: 'invitation',
  api_key: 'API key',
  workspace: 'workspace',
};

/** The thing an audit entry is about, in words: `Capture policies on Contoso`, `connection Contoso Graph`. */
export function describeObject({ object, operation, tenant }: ObjectFacts): string {
  const where = tenant === null ? '' : ` on ${tenant.name}`;
  if (operation !== null) return `${operationLabel(operation)}${where}`;
  const kind = Object.hasOwn(kinds, object.kind) ? kinds[object.kind] : object.kind.replaceAll('_', ' ');
  const name = object.name ?? (/^\d+$/.test(object.id) ? `#${object.id}` : object.id);
  return `${kind} ${name}`;
}
