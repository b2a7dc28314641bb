import { type Role, roles } from '@signalbox/domain/access/capabilities';
import { roleWords } from '@signalbox/domain/access/capability-words';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '../client/api.ts';
import { CheckList } from '../ui/check-list.tsx';
import { Field, Select } from '../ui/field.tsx';

/** A role and the tenants that go with it, as a form holds them. */
export interface PlaceDraft {
  readonly role: Role;
  /** All tenants, also those that come later; else those chosen. */
  readonly all: boolean;
  readonly tenants: readonly number[];
}

/** The tenants of a draft as the API takes them: an owner sees all. */
export function tenantsOf({ role, all, tenants }: PlaceDraft): 'all' | number[] {
  return role === 'owner' || all ? 'all' : [...tenants];
}

/** Why a draft cannot be sent yet. Nobody gets all tenants for want of a tick. */
export function unfinished({ role, all, tenants }: PlaceDraft): string | null {
  return role === 'owner' || all || tenants.length > 0 ? null : 'Choose at least one tenant.';
}

/** Role and tenants, the same for an invitation and for a member. */
export function PlaceFields({
  draft,
  onChange,
}: {
  draft: PlaceDraft;
  onChange: (draft: PlaceDraft) => void;
}) {
  const tenants = useQuery(trpc.tenant.list.queryOptions({ limit: 200 }));
  const options = (tenants.data?.items ?? []).map(({ id, name, externalId }) => ({
    value: id,
    label: name,
    note: externalId,
  }));
  return (
    <>
      <Field label="Role" help={roleWords[draft.role]}>
        {(ids) => (
          <Select
            {...ids}
            value={draft.role}
            onChange={(event) => {
              const role = roles.find((each) => each === event.target.value);
              if (role !== undefined) onChange({ ...draft, role });
            }}
          >
            {roles.map((role) => (
              <option key={role} value={role}>
                {role}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Tenants" help={draft.role === 'owner' ? 'An owner sees all tenants.' : undefined}>
        {(ids) => (
          <Select
            {...ids}
            disabled={draft.role === 'owner'}
            value={draft.role === 'owner' || draft.all ? 'all' : 'chosen'}
            onChange={(event) => onChange({ ...draft, all: event.target.value === 'all' })}
          >
            <option value="all">All tenants, also later ones</option>
            <option value="chosen">Only those chosen below</option>
          </Select>
        )}
      </Field>
      {draft.role !== 'owner' && !draft.all && (
        <CheckList
          label="Chosen tenants"
          none="none yet"
          options={options}
          chosen={draft.tenants}
          more={tenants.data?.nextCursor != null}
          onChange={(chosen) => onChange({ ...draft, tenants: chosen })}
        />
      )}
    </>
  );
}
