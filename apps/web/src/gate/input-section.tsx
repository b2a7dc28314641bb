import { Tabs } from '@base-ui/react/tabs';
import { useMutation } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { api } from '../client/api.ts';
import { InputForm } from '../operation/input-form.tsx';
import { JsonEditor } from '../operation/json-editor.tsx';
import { writeJson } from '../operation/json-text.ts';
import { readInput } from '../operation/read-input.ts';
import { type SchemaField, withoutEmpty } from '../operation/schema-model.ts';
import { Button } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Time } from '../ui/time.tsx';
import type { StartFaults } from './start-faults.ts';
import type { DraftHandle } from './use-draft.ts';
import type { useLastRun } from './use-recent.ts';

interface InputSectionProps {
  fields: readonly SchemaField[];
  tenantId: number;
  handle: DraftHandle;
  faults: StartFaults;
  last: ReturnType<typeof useLastRun>;
  /** Called with the values of the last run once they have come. */
  onLast: (run: { connectionId: number | undefined }) => void;
  /** Called before what was typed changes. */
  onTouch: () => void;
}

const tabClass =
  '-mb-px flex h-9 items-center border-b-2 border-transparent px-2.5 text-sm text-muted hover:text-ink aria-selected:border-accent aria-selected:font-semibold aria-selected:text-ink';

function UseLast({
  handle,
  last,
  onLast,
  onTouch,
}: Omit<InputSectionProps, 'fields' | 'tenantId' | 'faults'>) {
  const load = useMutation({
    mutationFn: (id: number) => api.run.get.query({ id }),
    onSuccess: (run) => {
      onTouch();
      const text = handle.draft.text === null ? null : writeJson(run.input, true);
      handle.replace({ input: run.input, text });
      onLast({ connectionId: run.connection?.id });
    },
  });
  if (last === undefined) return null;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
        <Button
          size="small"
          look="quiet"
          className="-ml-1.5"
          icon={<History size={15} aria-hidden="true" />}
          pending={load.isPending}
          onClick={() => load.mutate(last.id)}
        >
          Use last values
        </Button>
        <span>
          of your run #{last.id}, <Time at={last.createdAt} />
        </span>
      </div>
      {load.isError && <FaultLine error={load.error} onRetry={() => load.mutate(last.id)} />}
    </>
  );
}

/** Step two, second half: the input, as a form made from the operation's schema or as JSON, whichever is easier. */
export function InputSection({ fields, tenantId, faults, ...rest }: InputSectionProps) {
  const { handle, onTouch } = rest;
  const { draft, revision, lost } = handle;
  const reading = draft.text === null ? null : readInput(draft.text);
  const change = (next: typeof draft) => {
    onTouch();
    handle.change(next);
  };
  const show = (view: unknown) => {
    if (view === 'json') change({ ...draft, text: writeJson(withoutEmpty(draft.input), true) });
    else if (reading?.ok) {
      onTouch();
      handle.replace({ input: reading.value, text: null });
    }
  };
  return (
    <fieldset id="input" className="grid min-w-0 scroll-mt-20 gap-4">
      <legend className="mb-2 text-base font-semibold">Input</legend>
      <UseLast {...rest} />
      {lost && (
        <p className="text-sm text-caution">
          The input of this link was too long for it and stayed in the tab it was typed in.
        </p>
      )}
      <Tabs.Root
        value={draft.text === null ? 'form' : 'json'}
        onValueChange={show}
        className="grid min-w-0 gap-4"
      >
        <Tabs.List aria-label="How to edit the input" className="flex gap-1 border-b border-line">
          <Tabs.Tab
            value="form"
            className={tabClass}
            aria-disabled={reading !== null && !reading.ok}
            title={reading === null || reading.ok ? undefined : 'Correct the JSON first'}
          >
            Form
          </Tabs.Tab>
          <Tabs.Tab value="json" className={tabClass}>
            JSON
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="form" className="grid min-w-0 gap-4 outline-none" tabIndex={-1}>
          <InputForm
            key={`${tenantId}:${revision}`}
            fields={fields}
            input={draft.input}
            tenantId={tenantId}
            faults={faults.input}
            onChange={(input) => change({ input, text: null })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="json" className="min-w-0 outline-none" tabIndex={-1}>
          {draft.text !== null && reading !== null && (
            <JsonEditor
              text={draft.text}
              reading={reading}
              faults={faults.inside}
              onChange={(text) => change({ ...draft, text })}
            />
          )}
        </Tabs.Panel>
      </Tabs.Root>
    </fieldset>
  );
}
