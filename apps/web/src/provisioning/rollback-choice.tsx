import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../client/api.ts';
import { Status } from '../run/status.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { Time } from '../ui/time.tsx';
import { changesText } from './checkpoint-model.ts';
import { undoableOperations } from './rollback-links.ts';

interface RollbackCheckpointProps {
  ws: string;
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
}

/** One of the newest checkpoints; an older one is chosen on its page. */
export function RollbackCheckpoint({ ws, chosen, onChoose }: RollbackCheckpointProps) {
  const list = useQuery(trpc.checkpoint.list.queryOptions({ limit: 50 }, { staleTime: 0 }));
  const rows = list.data?.items ?? [];
  const older = chosen !== undefined && list.data !== undefined && !rows.some(({ id }) => id === chosen);
  const own = useQuery(trpc.checkpoint.get.queryOptions({ id: chosen ?? '' }, { enabled: older }));
  if (list.isError && list.data === undefined) {
    return <FaultLine error={list.error} onRetry={() => void list.refetch()} />;
  }
  return (
    <div className="max-w-160">
      <Field
        label="Checkpoint"
        help={
          <>
            Everything that was changed after it is undone, the newest first.{' '}
            <Link to="/w/$ws/checkpoints" params={{ ws }} className="link">
              All checkpoints
            </Link>
          </>
        }
      >
        {(ids) => (
          <Select
            {...ids}
            value={chosen ?? ''}
            onChange={({ target }) => onChoose(target.value === '' ? undefined : target.value)}
          >
            <option value="">
              {list.isPending
                ? 'Loading…'
                : rows.length === 0
                  ? 'There are no checkpoints'
                  : 'Choose a checkpoint'}
            </option>
            {older && <option value={chosen}>{own.data?.name ?? 'Another checkpoint'}</option>}
            {rows.map(({ id, name, changesSince }) => (
              <option key={id} value={id}>
                {name} · {changesText(changesSince).toLowerCase()} since
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}

interface RollbackOperationsProps {
  ws: string;
  chosen: readonly string[];
  onChoose: (names: readonly string[]) => void;
}

/** The newest work, to tick, and a field for what is older or known by name. */
export function RollbackOperations({ ws, chosen, onChoose }: RollbackOperationsProps) {
  const [typed, setTyped] = useState('');
  const recent = useQuery(trpc.run.list.queryOptions({ operation: undoableOperations.join(','), limit: 10 }));
  const runs = recent.data?.items ?? [];
  const listed = new Set(runs.map(({ uid }) => uid));
  const named = chosen.filter((name) => !listed.has(name));
  const toggle = (name: string) =>
    onChoose(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  const add = () => {
    const names = typed.split(/[\s,]+/).filter(Boolean);
    if (names.length > 0) onChoose([...new Set([...chosen, ...names])]);
    setTyped('');
  };
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <fieldset className="grid min-w-0 content-start gap-1.5">
        <legend className="mb-1.5 text-sm font-medium">The newest work</legend>
        {recent.isError && <FaultLine error={recent.error} onRetry={() => void recent.refetch()} />}
        {recent.data !== undefined && runs.length === 0 && (
          <p className="text-sm text-muted">Nothing was made or changed yet.</p>
        )}
        <ul className="grid max-h-64 overflow-y-auto rounded-md border border-line empty:hidden">
          {runs.map(({ id, uid, operationLabel, status, createdAt }) => (
            <li key={uid} className="border-t border-line first:border-t-0">
              <label className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-1.5 text-sm hover:bg-hover">
                <input
                  type="checkbox"
                  className="size-4 shrink-0 accent-accent"
                  checked={chosen.includes(uid)}
                  onChange={() => toggle(uid)}
                />
                <span className="min-w-0">
                  <span className="font-mono text-xs text-faint">#{id}</span> {operationLabel}
                </span>
                <span className="ml-auto flex items-center gap-x-3 text-muted">
                  <Status status={status} meaning="title" />
                  <Time at={createdAt} />
                </span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <div className="grid min-w-0 content-start gap-3">
        <form
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <div className="min-w-56 flex-1">
            <Field label="By name">
              {(ids) => (
                <Input
                  {...ids}
                  className="h-8 w-full font-mono text-sm"
                  autoComplete="off"
                  spellCheck={false}
                  value={typed}
                  onChange={({ target }) => setTyped(target.value)}
                />
              )}
            </Field>
          </div>
          <Button type="submit">Add</Button>
        </form>
        <p className="text-sm text-muted">
          The uuid of a task, <span className="font-mono text-xs">batch uuid/operation id</span>, or an
          operation id alone where only one batch has it. On the page of a{' '}
          <Link to="/w/$ws/batches" params={{ ws }} className="link">
            batch
          </Link>{' '}
          its operations can be ticked.
        </p>
        {named.length > 0 && (
          <ul
            aria-label="Chosen by name"
            className="max-h-48 divide-y divide-line overflow-y-auto rounded-md border border-line"
          >
            {named.map((name) => (
              <li key={name} className="flex items-center gap-2 py-0.5 pr-1 pl-3">
                <span className="min-w-0 flex-1 font-mono text-xs break-all">{name}</span>
                <IconButton label={`Leave out ${name}`} className="size-7" onClick={() => toggle(name)}>
                  <X size={14} aria-hidden="true" />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
