import type { OperationEntry } from '@signalbox/contracts/operation/list-operations';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { problemOf } from '../client/problem-model.ts';
import { fieldsOf, parseJsonInput, withoutEmpty } from '../operation/schema-model.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { FaultLine, FaultView } from '../ui/fault-view.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { toCurl } from './curl-model.ts';
import { OperationChoice } from './operation-choice.tsx';
import { outcomeView } from './outcome-model.ts';
import { OutcomePanel } from './outcome-panel.tsx';
import { faultsByMember, type StartBody } from './start-body.ts';
import { StartFields } from './start-fields.tsx';
import { makeStartKeys } from './start-key.ts';
import type { StartSearch } from './start-search.ts';
import { useVerdict, Verdict } from './verdict.tsx';

const route = getRouteApi('/w/$ws/start');

/** Starts a run: what, on which tenant, with which input; the gate's verdict before the click, its answer after. */
export function StartPage() {
  const search = route.useSearch();
  const operations = useQuery(trpc.operation.list.queryOptions({}, { staleTime: 60_000 }));
  const chosen = operations.data?.items.find(({ name }) => name === search.operation);
  return (
    <Page title="Start a run">
      {operations.isPending ? (
        <SkeletonBlock className="h-80" />
      ) : operations.isError ? (
        <FaultView error={operations.error} onRetry={() => void operations.refetch()} />
      ) : (
        // Another operation or tenant is another form: its input and its keys begin anew.
        <StartForm
          key={`${chosen?.name}:${search.tenant}`}
          operations={operations.data.items}
          chosen={chosen}
          search={search}
        />
      )}
    </Page>
  );
}

interface StartFormProps {
  operations: readonly OperationEntry[];
  chosen: OperationEntry | undefined;
  search: StartSearch;
}

/** What the link already says of the input. */
function inputOf(chosen: OperationEntry | undefined, search: StartSearch): Record<string, unknown> {
  const names = fieldsOf(chosen?.inputSchema).map(({ name }) => name);
  return {
    ...(search.set !== undefined && names.includes('backupSetId') ? { backupSetId: Number(search.set) } : {}),
    ...(search.preview !== undefined && names.includes('previewRunId')
      ? { previewRunId: Number(search.preview) }
      : {}),
  };
}

function StartForm({ operations, chosen, search }: StartFormProps) {
  const { ws } = route.useParams();
  const navigate = route.useNavigate();
  const [keys] = useState(makeStartKeys);
  const [input, setInput] = useState(() => inputOf(chosen, search));
  const [json, setJson] = useState<string | null>(null);

  const typed = json === null ? null : parseJsonInput(json);
  const sent = typed === null ? withoutEmpty(input) : typed.ok ? typed.value : null;
  const body: StartBody | null =
    chosen === undefined || search.tenant === undefined || sent === null
      ? null
      : {
          operation: chosen.name,
          tenantId: Number(search.tenant),
          ...(search.connection === undefined ? {} : { connectionId: Number(search.connection) }),
          ...(Object.keys(sent).length === 0 ? {} : { input: sent }),
        };
  const verdict = useVerdict(body);
  const start = useMutation({
    mutationFn: (wanted: StartBody) =>
      api.run.start.mutate(wanted, { context: { idempotencyKey: keys.keyOf(wanted) } }),
    onSuccess: (outcome, wanted) => {
      if (outcome.run !== undefined) keys.used(wanted);
      void queryClient.invalidateQueries({ queryKey: trpc.run.list.queryKey() });
    },
  });
  const change = (part: Partial<StartSearch>) => {
    start.reset();
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true });
  };
  const faults = faultsByMember((problemOf(start.error) ?? problemOf(verdict.error))?.errors ?? []);
  const foretold = verdict.data?.outcome;
  const turned = start.data !== undefined && foretold !== undefined && foretold !== start.data.outcome;

  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[minmax(0,1fr)_28rem]">
      <form
        className="panel grid gap-6 p-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (body !== null && !start.isPending) start.mutate(body);
        }}
      >
        <OperationChoice
          operations={operations}
          chosen={chosen?.name}
          onChoose={(name) => change({ operation: name, set: undefined, preview: undefined })}
        />
        {chosen && (
          <StartFields
            chosen={chosen}
            search={search}
            input={input}
            json={json}
            jsonFault={typed !== null && !typed.ok ? typed.fault : null}
            faults={faults}
            onSearch={change}
            onInput={(next) => {
              start.reset();
              setInput(next);
            }}
            onJson={(next) => {
              start.reset();
              if (next === null && typed?.ok) setInput(typed.value);
              setJson(next);
            }}
          />
        )}
        <div className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
          <Button
            type="submit"
            look="primary"
            className="h-9 px-4"
            pending={start.isPending}
            refused={body === null ? 'Choose an operation and a tenant first.' : null}
          >
            {chosen ? chosen.label : 'Start'}
          </Button>
          {body !== null && (
            <CopyButton
              text={() =>
                toCurl({
                  origin: location.origin,
                  path: '/v1/runs',
                  body,
                  idempotencyKey: keys.keyOf(body),
                  workspace: ws,
                })
              }
            >
              Copy as curl
            </CopyButton>
          )}
        </div>
        {start.isError && <FaultLine error={start.error} />}
      </form>
      <aside className="panel p-5 lg:sticky lg:top-19">
        {start.data ? (
          <section aria-labelledby="answer" aria-live="polite" className="grid gap-4">
            <h2 id="answer" className="text-base font-semibold">
              The gate answered
            </h2>
            {turned && (
              <p className="rounded-md bg-sunken px-3 py-2 text-sm text-muted">
                The preview said {outcomeView(foretold).word}; things changed before you started.
              </p>
            )}
            <OutcomePanel outcome={start.data} ws={ws} happened>
              <Button look="quiet" className="justify-self-start" onClick={() => start.reset()}>
                Back to the form
              </Button>
            </OutcomePanel>
          </section>
        ) : body === null ? (
          <p className="text-muted">
            Choose an operation and a tenant. Here you will see what the start gate would answer, before you
            start.
          </p>
        ) : (
          <Verdict verdict={verdict} ws={ws} />
        )}
      </aside>
    </div>
  );
}
