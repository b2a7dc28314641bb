import { Field, Input } from '../ui/field.tsx';

/** A tenant as it is typed. */
export interface TenantDraft {
  readonly name: string;
  readonly externalId: string;
}

export const noTenant: TenantDraft = { name: '', externalId: '' };

/** The names of the fields as the API's faults point at them. */
export const tenantNames = ['name', 'externalId'] as const;

/** A tenant as the API takes it. */
export function tenantInput({ name, externalId }: TenantDraft) {
  return { name: name.trim(), externalId: externalId.trim() };
}

/** Why it cannot be sent yet. */
export function tenantMissing({ name, externalId }: TenantDraft): string | null {
  if (name.trim() === '') return 'Name the tenant first.';
  return externalId.trim() === '' ? 'Give its external id first.' : null;
}

interface TenantFieldsProps {
  draft: TenantDraft;
  onChange: (draft: TenantDraft) => void;
  faults: Readonly<Record<(typeof tenantNames)[number], string | null>>;
}

/** What people call a tenant, and what the provider knows it by. */
export function TenantFields({ draft, onChange, faults }: TenantFieldsProps) {
  return (
    <>
      <Field label="Name of the tenant" fault={faults.name}>
        {(ids) => (
          <Input
            {...ids}
            required
            maxLength={100}
            autoComplete="off"
            placeholder="Contoso Ltd"
            value={draft.name}
            onChange={({ target }) => onChange({ ...draft, name: target.value })}
          />
        )}
      </Field>
      <Field
        label="External id"
        help="The domain or the tenant id at the provider. It stays as it is for good."
        fault={faults.externalId}
      >
        {(ids) => (
          <Input
            {...ids}
            required
            maxLength={200}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="h-9 w-full font-mono text-sm"
            placeholder="contoso.example"
            value={draft.externalId}
            onChange={({ target }) => onChange({ ...draft, externalId: target.value })}
          />
        )}
      </Field>
    </>
  );
}
