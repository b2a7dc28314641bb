import { serverProviders } from '@signalbox/domain/connection/providers';
import { batchOperationTypes } from '@signalbox/domain/provisioning/batch-operation';
import { Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '../ui/button.tsx';
import { CheckList } from '../ui/check-list.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import type { DocumentChange } from './batch-document.ts';
import type { DraftOperation } from './batch-reading.ts';
import { typeWords } from './batch-words.ts';
import { RowsField } from './rows-field.tsx';

const memberOf: Readonly<Record<string, string>> = {
  server_batch: 'server_configs',
  taskserv_batch: 'taskservs',
  cluster_batch: 'clusters',
};

interface OperationFieldsProps {
  operation: DraftOperation;
  /** Its position in the list, from 0. */
  at: number;
  operations: readonly DraftOperation[];
  onEdit: (...changes: DocumentChange[]) => void;
  onRemove: () => void;
}

/** What the operation works from, by its kind. */
function Work({ operation, at, onEdit }: Pick<OperationFieldsProps, 'operation' | 'at' | 'onEdit'>) {
  const member = memberOf[operation.type];
  if (member === undefined) return null;
  const path = ['operations', at, 'config', member];
  const value = operation.config[member];
  const rows: readonly unknown[] = Array.isArray(value) ? value : [];
  if (member === 'taskservs') {
    return (
      <Field label="Task services" help="Names with commas between, such as kubernetes, cilium.">
        {(ids) => (
          <Input
            {...ids}
            className="h-9 w-full font-mono text-sm"
            spellCheck={false}
            autoCapitalize="off"
            defaultValue={rows.join(', ')}
            key={rows.join(', ')}
            onBlur={({ target }) => {
              const names = target.value
                .split(',')
                .map((name) => name.trim())
                .filter((name) => name !== '');
              if (names.join() !== rows.join()) onEdit({ path, value: names });
            }}
          />
        )}
      </Field>
    );
  }
  const servers = member === 'server_configs';
  return (
    <RowsField
      label={servers ? 'Servers' : 'Clusters'}
      one={servers ? 'server' : 'cluster'}
      columns={
        servers
          ? [
              { name: 'name', label: 'Name' },
              { name: 'plan', label: 'Plan' },
              { name: 'zone', label: 'Zone' },
            ]
          : [
              { name: 'name', label: 'Name' },
              { name: 'type', label: 'Type' },
              { name: 'size', label: 'Size', number: true },
            ]
      }
      rows={rows}
      onChange={(next) => onEdit({ path, value: next })}
    />
  );
}

/** The form of one operation. */
export function OperationFields({ operation, at, operations, onEdit, onRemove }: OperationFieldsProps) {
  const path = ['operations', at] as const;
  const { id, type, provider, dependencies, config } = operation;
  const infra = typeof config.infra === 'string' ? config.infra : '';
  const others = useMemo(
    () =>
      [...new Set(operations.flatMap((one, index) => (index === at || one.id === '' ? [] : [one.id])))]
        // Also what is named and not there, so that it can be taken away.
        .concat(dependencies.filter((need) => need === id || !operations.some((one) => one.id === need)))
        .map((need) => ({ value: need, label: need })),
    [operations, at, id, dependencies],
  );
  const rename = (next: string) => {
    const alone = operations.filter((one) => one.id === id).length === 1 && id !== '';
    const followers = operations.flatMap((one, index): DocumentChange[] =>
      alone && one.dependencies.includes(id)
        ? [
            {
              path: ['operations', index, 'dependencies'],
              value: one.dependencies.map((need) => (need === id ? next : need)),
            },
          ]
        : [],
    );
    onEdit({ path: [...path, 'id'], value: next }, ...followers);
  };
  const retype = (next: string) => {
    const member = memberOf[next];
    const kept = infra === '' ? {} : { infra };
    onEdit(
      { path: [...path, 'type'], value: next },
      {
        path: [...path, 'config'],
        value: member === undefined ? kept : { ...kept, [member]: config[member] ?? [] },
      },
    );
  };
  return (
    <div className="grid gap-4 border-t border-line bg-canvas px-4 py-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Id">
          {(ids) => (
            <Input
              {...ids}
              className="h-9 w-full font-mono text-sm"
              spellCheck={false}
              autoCapitalize="off"
              value={id}
              onChange={({ target }) => rename(target.value)}
            />
          )}
        </Field>
        <Field label="Kind of work">
          {(ids) => (
            <Select {...ids} value={type} onChange={({ target }) => retype(target.value)}>
              {!Object.hasOwn(typeWords, type) && <option value={type}>{type || 'Choose one'}</option>}
              {batchOperationTypes.map((each) => (
                <option key={each} value={each}>
                  {typeWords[each]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Provider">
          {(ids) => (
            <Select
              {...ids}
              value={provider}
              onChange={({ target }) => onEdit({ path: [...path, 'provider'], value: target.value })}
            >
              {!serverProviders.some((each) => each === provider) && (
                <option value={provider}>{provider || 'Choose one'}</option>
              )}
              {serverProviders.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Infra" optional>
          {(ids) => (
            <Input
              {...ids}
              className="h-9 w-full font-mono text-sm"
              placeholder="as the batch"
              spellCheck={false}
              autoCapitalize="off"
              value={infra}
              onChange={({ target }) =>
                onEdit({
                  path: [...path, 'config', 'infra'],
                  value: target.value === '' ? undefined : target.value,
                })
              }
            />
          )}
        </Field>
      </div>
      <Work operation={operation} at={at} onEdit={onEdit} />
      {others.length > 0 && (
        <CheckList
          label="Begins after"
          none="at once"
          options={others}
          chosen={dependencies}
          onChange={(next) => onEdit({ path: [...path, 'dependencies'], value: next })}
        />
      )}
      <Button
        look="quiet"
        className="-ml-3 justify-self-start"
        icon={<Trash2 size={15} aria-hidden="true" />}
        onClick={onRemove}
      >
        Remove this operation
      </Button>
    </div>
  );
}
