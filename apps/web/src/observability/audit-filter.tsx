import { auditActions, auditLabel } from '@signalbox/domain/observability/audit-actions';
import { getRouteApi } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { rangeWords } from '../run/relative-range.ts';
import { Button } from '../ui/button.tsx';
import { Input, Select } from '../ui/field.tsx';
import { actionOf, isNarrowed } from './audit-input.ts';
import { type AuditSearch, objectKinds } from './audit-search.ts';

const route = getRouteApi('/w/$ws/audit');
const ranges = ['1h', '24h', '7d', '30d'];
const between = 'between';
const width = 'h-9 w-full sm:w-40';

/** What actions are about, by the first word of their name. */
const areas: Readonly<Record<string, string>> = {
  run: 'Runs',
  bulk_action: 'Bulk actions',
  connection: 'Connections',
  tenant: 'Tenants',
  backup_set: 'Backup sets',
  saved_view: 'Views',
  workspace: 'Workspace',
  member: 'Members',
  invitation: 'Invitations',
  api_key: 'API keys',
  account: 'Accounts',
};

const groups = Object.entries(
  Object.groupBy(auditActions, (action) => areas[action.split('.')[0] ?? ''] ?? 'Installation'),
);
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type Change = (part: Partial<Record<keyof AuditSearch, string | undefined>>) => void;

/** A text that counts once it is finished: by Enter, or by leaving it. */
function Typed({
  name,
  label,
  search,
  change,
}: {
  name: 'actor' | 'object';
  label: string;
  search: AuditSearch;
  change: Change;
}) {
  const value = search[name] ?? '';
  const commit = (text: string) => {
    const next = text.trim() || undefined;
    if (next !== search[name]) change({ [name]: next });
  };
  return (
    <form
      className="min-w-0"
      onSubmit={(event) => {
        event.preventDefault();
        commit(String(new FormData(event.currentTarget).get(name) ?? ''));
      }}
    >
      <Input
        key={value}
        name={name}
        aria-label={label}
        placeholder={label}
        defaultValue={value}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        className={width}
        onBlur={(event) => commit(event.currentTarget.value)}
      />
    </form>
  );
}

/** Two days in UTC, both included. */
function Days({ search, change }: { search: AuditSearch; change: Change }) {
  return (['from', 'to'] as const).map((name) => (
    <Input
      key={name}
      type="date"
      aria-label={name === 'from' ? 'From this day, UTC' : 'To this day, UTC'}
      value={search[name] ?? ''}
      className={width}
      onChange={(event) => change({ [name]: event.target.value || undefined })}
    />
  ));
}

/** The filter of the audit log. Everything it says is in the URL. */
export function AuditFilter({ search }: { search: AuditSearch }) {
  const navigate = route.useNavigate();
  const { last, from, to, kind } = search;
  const change: Change = (part) =>
    void navigate({ search: (old) => ({ ...old, ...part, entry: undefined, cursor: undefined }) });
  const dated = last === undefined && (from !== undefined || to !== undefined);
  const given = last !== undefined && !ranges.includes(last) ? [last] : [];
  const today = new Date().toISOString().slice(0, 10);
  return (
    <search className="grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap">
      <Select
        aria-label="Time"
        data-filter
        className={width}
        value={last ?? (dated ? between : '')}
        onChange={({ target: { value } }) =>
          change(
            value === between
              ? { last: undefined, from: today, to: today }
              : { last: value || undefined, from: undefined, to: undefined },
          )
        }
      >
        <option value="">Any time</option>
        {[...ranges, ...given].map((range) => (
          <option key={range} value={range}>
            Last {rangeWords(range)}
          </option>
        ))}
        <option value={between}>Between two days</option>
      </Select>
      {dated && <Days search={search} change={change} />}
      <Typed name="actor" label="Who" search={search} change={change} />
      <Select
        aria-label="Action"
        className="h-9 w-full sm:w-56"
        value={actionOf(search) ?? ''}
        onChange={(event) => change({ action: event.target.value || undefined })}
      >
        <option value="">Any action</option>
        {groups.map(([area, actions]) => (
          <optgroup key={area} label={area}>
            {actions?.map((each) => (
              <option key={each} value={each}>
                {sentence(auditLabel(each))}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
      <Select
        aria-label="About"
        className={width}
        value={kind ?? ''}
        onChange={(event) => change({ kind: event.target.value || undefined, object: undefined })}
      >
        <option value="">About anything</option>
        {objectKinds.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
      {kind !== undefined && <Typed name="object" label="Its id" search={search} change={change} />}
      {isNarrowed(search) && (
        <Button
          look="quiet"
          icon={<X size={15} aria-hidden="true" />}
          onClick={() => void navigate({ search: {} })}
        >
          Clear
        </Button>
      )}
    </search>
  );
}
