import type { OperationEntry } from '@signalbox/contracts/operation/list-operations';
import { skipToken, useQuery } from '@tanstack/react-query';
import { trpc } from '../client/api.ts';
import { InputForm } from '../operation/input-form.tsx';
import { fieldsOf, withoutEmpty } from '../operation/schema-model.ts';
import { Button } from '../ui/button.tsx';
import { controlClass, Field, Select } from '../ui/field.tsx';
import type { StartSearch } from './start-search.ts';

interface StartFieldsProps {
  chosen: OperationEntry;
  search: StartSearch;
  input: Record<string, unknown>;
  /** The input as text, while it is edited so; null while the form is shown. */
  json: string | null;
  jsonFault: string | null;
  faults: Record<string, string>;
  onSearch: (part: Partial<StartSearch>) => void;
  onInput: (input: Record<string, unknown>) => void;
  onJson: (text: string | null) => void;
}

/** Where the run works, and its input: as a form made from the operation's schema, or as JSON. */
export function StartFields(props: StartFieldsProps) {
  const { chosen, search, input, json, jsonFault, faults, onSearch, onInput, onJson } = props;
  const tenantId = search.tenant === undefined ? undefined : Number(search.tenant);
  const tenants = useQuery(trpc.tenant.list.queryOptions({ limit: 200 }));
  const connections = useQuery(
    trpc.connection.list.queryOptions(tenantId === undefined ? skipToken : { tenantId, limit: 200 }),
  );
  const fitting = connections.data?.items.filter(({ provider }) => provider === chosen.provider) ?? [];

  return (
    <>
      <fieldset className="grid gap-4 sm:grid-cols-2">
        <legend className="mb-2 text-base font-semibold">Target</legend>
        <Field label="Tenant">
          {(ids) => (
            <Select
              {...ids}
              required
              value={search.tenant ?? ''}
              onChange={(event) =>
                onSearch({
                  tenant: event.target.value || undefined,
                  connection: undefined,
                  set: undefined,
                  preview: undefined,
                })
              }
            >
              <option value="">Choose a tenant</option>
              {tenants.data?.items.map((tenant) => (
                <option key={tenant.id} value={tenant.id}>
                  {tenant.name} ({tenant.externalId})
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Provider connection">
          {(ids) => (
            <Select
              {...ids}
              disabled={tenantId === undefined}
              value={search.connection ?? ''}
              onChange={(event) => onSearch({ connection: event.target.value || undefined })}
            >
              <option value="">The default one</option>
              {fitting.map((connection) => (
                <option key={connection.id} value={connection.id}>
                  {connection.label}
                  {connection.isDefault ? ' (default)' : ''}
                  {connection.enabled ? '' : ', disabled'}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </fieldset>
      {tenantId !== undefined && (
        <fieldset className="grid min-w-0 gap-4">
          <legend className="mb-2 flex w-full items-center justify-between gap-3 text-base font-semibold">
            Input
            <Button
              look="quiet"
              size="small"
              onClick={() => onJson(json === null ? JSON.stringify(withoutEmpty(input), null, 2) : null)}
            >
              {json === null ? 'Edit as JSON' : 'Back to the form'}
            </Button>
          </legend>
          {json === null ? (
            <InputForm
              key={tenantId}
              fields={fieldsOf(chosen.inputSchema)}
              input={input}
              tenantId={tenantId}
              faults={faults}
              onChange={onInput}
            />
          ) : (
            <Field label="Input as JSON" fault={jsonFault ?? Object.values(faults)[0] ?? null}>
              {(ids) => (
                <textarea
                  {...ids}
                  rows={10}
                  spellCheck={false}
                  className={`${controlClass} w-full py-2 font-mono text-sm`}
                  value={json}
                  onChange={(event) => onJson(event.target.value)}
                />
              )}
            </Field>
          )}
        </fieldset>
      )}
    </>
  );
}
