import { parallelLimits } from '@signalbox/domain/provisioning/batch-operation';
import { peakConcurrency } from '@signalbox/domain/provisioning/waves';
import { ChevronRight, Plus, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import type { DocumentChange } from './batch-document.ts';
import type { BatchDraft, DraftOperation } from './batch-reading.ts';
import { operationsWord, typeWord } from './batch-words.ts';
import { OperationFields } from './operation-fields.tsx';

interface BatchFormProps {
  draft: BatchDraft;
  /** Nothing was written yet, so nothing is wrong yet. */
  untouched: boolean;
  /** Position of the operation whose fields are open, from 0. */
  open: number | null;
  onOpen: (at: number | null) => void;
  onEdit: (...changes: DocumentChange[]) => void;
}

/** An id that no operation has yet. */
function freeId(operations: readonly DraftOperation[]): string {
  const taken = new Set(operations.map(({ id }) => id));
  let number = operations.length + 1;
  while (taken.has(`operation_${number}`)) number += 1;
  return `operation_${number}`;
}

function Head({ draft, untouched, onEdit }: Pick<BatchFormProps, 'draft' | 'untouched' | 'onEdit'>) {
  const { name, parallelLimit, rollbackEnabled, operations, nameOf } = draft;
  const peak = useMemo(
    () => (parallelLimit === null ? 0 : peakConcurrency(operations, parallelLimit)),
    [operations, parallelLimit],
  );
  const faultAt = (member: string) =>
    (untouched ? [] : draft.problems).find(({ pointer }) => pointer === `/${member}`)?.message ?? null;
  const limit = nameOf('parallelLimit');
  return (
    <div className="grid items-start gap-4 p-4 sm:grid-cols-2">
      <Field
        label="Name"
        fault={faultAt('name')}
        help="Its infra is called so too, where an operation names none."
      >
        {(ids) => (
          <Input
            {...ids}
            value={name}
            onChange={({ target }) => onEdit({ path: ['name'], value: target.value })}
          />
        )}
      </Field>
      <Field
        label="At most at once"
        fault={faultAt(limit)}
        help={operations.length === 0 ? undefined : `${peak} at the peak, if all take equally long.`}
      >
        {(ids) => (
          <Input
            {...ids}
            type="number"
            min={1}
            max={parallelLimits.most}
            value={parallelLimit ?? ''}
            onChange={({ target }) =>
              onEdit({ path: [limit], value: target.value === '' ? undefined : Number(target.value) })
            }
          />
        )}
      </Field>
      <label className="flex min-h-6 items-start gap-2.5 text-sm sm:col-span-2">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-accent"
          checked={rollbackEnabled}
          onChange={({ target }) => onEdit({ path: [nameOf('rollbackEnabled')], value: target.checked })}
        />
        <span>
          <span className="font-medium">Undo on failure</span>
          <span className="block text-muted">
            {rollbackEnabled
              ? 'If an operation fails, what was done is undone in reverse order.'
              : 'If an operation fails, what was done stays.'}
          </span>
        </span>
      </label>
    </div>
  );
}

/** The document as a form: the batch, and its operations one below the other. */
export function BatchForm({ draft, untouched, open, onOpen, onEdit }: BatchFormProps) {
  const { operations, problems, readable } = draft;
  const wrong = new Set(problems.flatMap((problem) => problem.operations));
  if (!readable) {
    return (
      <p className="p-4 text-muted">The text cannot be read now. Correct it there, and it is a form again.</p>
    );
  }
  const add = () => {
    const made = {
      id: freeId(operations),
      type: 'server_batch',
      provider: 'local',
      dependencies: [],
      config: { server_configs: [] },
    };
    onEdit(
      operations.length === 0
        ? { path: ['operations'], value: [made] }
        : { path: ['operations', operations.length], value: made },
    );
    onOpen(operations.length);
  };
  return (
    <>
      <Head draft={draft} untouched={untouched} onEdit={onEdit} />
      <h2 className="eyebrow flex items-center justify-between border-t border-line px-4 py-2">
        {operationsWord(operations.length)}
      </h2>
      <ul aria-label="Operations of the form">
        {operations.map((operation, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an operation is its place in the document
          <li key={at} className="border-t border-line">
            <button
              type="button"
              aria-expanded={open === at}
              onClick={() => onOpen(open === at ? null : at)}
              className="flex min-h-(--row) w-full min-w-0 items-center gap-2 px-4 py-1 text-left text-sm hover:bg-hover"
            >
              <ChevronRight
                size={15}
                aria-hidden="true"
                className={`shrink-0 text-faint ${open === at ? 'rotate-90' : ''}`}
              />
              <span className="min-w-0 truncate font-mono">{operation.id || 'No id'}</span>
              <span className="ml-auto shrink-0 text-muted">{typeWord(operation.type)}</span>
              {wrong.has(at) && (
                <span className="inline-flex shrink-0 items-center gap-1 font-medium text-stop">
                  <TriangleAlert size={14} aria-hidden="true" />
                  Problem
                </span>
              )}
            </button>
            {open === at && (
              <OperationFields
                operation={operation}
                at={at}
                operations={operations}
                onEdit={onEdit}
                onRemove={() => {
                  onOpen(null);
                  onEdit({ path: ['operations', at], value: undefined });
                }}
              />
            )}
          </li>
        ))}
      </ul>
      <div className="border-t border-line px-4 py-2">
        <Button icon={<Plus size={15} aria-hidden="true" />} onClick={add}>
          Add an operation
        </Button>
      </div>
    </>
  );
}
