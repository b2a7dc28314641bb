import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import type { OperationEntry } from '@signalbox/contracts/operation/list-operations';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { problemOf } from '../client/problem-model.ts';
import { fieldsOf, parseJsonInput, withoutEmpty } from '../operation/schema-model.ts';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultLine, FaultView } from '../ui/fault-view.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { OperationChoice } from './operation-choice.tsx';
import { StartAnswer } from './start-answer.tsx';
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

const formId = 'start-form';

interface Submission {
  readonly wanted: StartBody;
  /** The verdict on the page when the button was pressed. */
  readonly foretold: StartOutcome['outcome'] | undefined;
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
    mutationFn: ({ wanted }: Submission) =>
      api.run.start.mutate(wanted, { context: { idempotencyKey: keys.keyOf(wanted) } }),
    onSuccess: (outcome, { wanted }) => {
      if (outcome.run !== undefined) keys.used(wanted);
      void queryClient.invalidateQueries({ queryKey: trpc.run.list.queryKey() });
    },
  });
  const willRefuse = verdict.data?.outcome === 'blocked' || verdict.data?.outcome === 'scope_busy';
  const change = (part: Partial<StartSearch>) => {
    start.reset();
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true });
  };
  const faults = faultsByMember((problemOf(start.error) ?? problemOf(verdict.error))?.errors ?? []);

  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[minmax(0,1fr)_28rem]">
      <form
        id={formId}
        className="panel grid gap-6 p-5"
        onSubmit={(event) => {
          event.preventDefault();
          // What was foretold is kept as it was at the click; asked again it would already see the new run.
          if (body !== null && !start.isPending)
            start.mutate({ wanted: body, foretold: verdict.data?.outcome });
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
      </form>
      <aside className="panel grid gap-4 p-5 lg:sticky lg:top-19">
        {start.data ? (
          <StartAnswer
            outcome={start.data}
            foretold={start.variables?.foretold}
            ws={ws}
            onBack={() => start.reset()}
          />
        ) : (
          <>
            {body === null ? (
              <p className="text-muted">
                Choose an operation and a tenant. Here you will see what the start gate would answer, before
                you start.
              </p>
            ) : (
              <Verdict verdict={verdict} ws={ws} />
            )}
            <div className="flex flex-wrap items-center gap-2">
              <Button
                type="submit"
                form={formId}
                look={willRefuse ? 'plain' : 'primary'}
                size="large"
                pending={start.isPending}
                refused={body === null ? 'Choose an operation and a tenant first.' : null}
              >
                {chosen ? chosen.label : 'Start'}
              </Button>
              {body !== null && (
                <CopyAs call={() => ({ method: 'POST', path: '/v1/runs', body, keyed: true })} />
              )}
            </div>
            {start.isError && <FaultLine error={start.error} />}
          </>
        )}
      </aside>
    </div>
  );
}
