import type { OperationEntry } from '@signalbox/contracts/operation/list-operations';
import type { Run } from '@signalbox/contracts/run/run';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { problemOf } from '../client/problem-model.ts';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { withoutBound } from '../operation/bound-members.ts';
import { diffInputs } from '../operation/input-diff.ts';
import { writeJson } from '../operation/json-text.ts';
import { fieldsOf } from '../operation/schema-model.ts';
import { useNamedPart } from '../ui/use-named-part.ts';
import { inputOf } from './draft-model.ts';
import { InputSection } from './input-section.tsx';
import { OperationChoice } from './operation-choice.tsx';
import { ReplayFacts } from './replay-facts.tsx';
import { StartAside } from './start-aside.tsx';
import type { StartBody, StartCall } from './start-body.ts';
import { startFaults } from './start-faults.ts';
import type { StartSearch } from './start-search.ts';
import { TargetFields } from './target-fields.tsx';
import { useDraft } from './use-draft.ts';
import { useOffered } from './use-offered.ts';
import { useLastRun, useRecentOperations } from './use-recent.ts';
import { useStart } from './use-start.tsx';
import { useVerdict } from './verdict.tsx';

const route = getRouteApi('/w/$ws/start');

/** The form, for the button beside it. */
export const formId = 'start-form';

interface StartFormProps {
  operations: readonly OperationEntry[];
  search: StartSearch;
  /** The ended run that is to be run again. */
  replayed?: Run;
}

/** What the link already says of the input. */
function linkedInput(
  chosen: OperationEntry | undefined,
  { set, preview }: StartSearch,
): Record<string, unknown> {
  const names = fieldsOf(chosen?.inputSchema).map(({ name }) => name);
  return {
    ...(set !== undefined && names.includes('backupSetId') ? { backupSetId: Number(set) } : {}),
    ...(preview !== undefined && names.includes('previewRunId') ? { previewRunId: Number(preview) } : {}),
  };
}

/** Why the button cannot be pressed yet; null when it can. */
function obstacle(
  chosen: OperationEntry | undefined,
  search: StartSearch,
  input: Record<string, unknown> | null,
): string | null {
  if (chosen === undefined) return 'Choose an operation first.';
  if (!chosen.allowed) return `You lack the capability ${chosen.capability}.`;
  if (search.tenant === undefined) return 'Choose a tenant first.';
  return input === null ? 'Correct the JSON first.' : null;
}

/** Steps one and two, and beside them the gate: its verdict before the click, its answer after. */
export function StartForm({ operations, search, replayed }: StartFormProps) {
  const { ws } = route.useParams();
  const navigate = route.useNavigate();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const chosen = operations.find(({ name }) => name === search.operation);
  const fields = fieldsOf(chosen?.inputSchema);
  const tenantId = search.tenant === undefined ? undefined : Number(search.tenant);
  const handle = useDraft({ search, fields, initial: replayed?.input ?? linkedInput(chosen, search) });
  const input = inputOf(handle.draft);
  const recent = useRecentOperations();
  const offered = useOffered(operations);
  const last = useLastRun(replayed === undefined ? chosen?.name : undefined, tenantId);

  const refused = obstacle(chosen, search, input);
  const body: StartBody | null =
    refused !== null || chosen === undefined || tenantId === undefined || input === null
      ? null
      : {
          operation: chosen.name,
          tenantId,
          ...(search.connection === undefined ? {} : { connectionId: Number(search.connection) }),
          ...(Object.keys(input).length === 0 ? {} : { input }),
        };
  const changes = replayed === undefined ? [] : diffInputs(replayed.input, input ?? {});
  const call: StartCall | null =
    body === null
      ? null
      : replayed === undefined
        ? { kind: 'start', body }
        : { kind: 'replay', body: { id: replayed.id, ...(changes.length > 0 && { input: input ?? {} }) } };
  const verdict = useVerdict(body === null ? null : writeJson(body));
  const start = useStart(ws);
  const errors = (problemOf(start.error) ?? (verdict.old ? null : problemOf(verdict.error)))?.errors ?? [];
  const faults = startFaults(errors);
  const touch = () => {
    if (!start.isPending) start.reset();
  };

  const submit = () => {
    if (call === null || start.isPending || start.data !== undefined) return;
    // Should the session have ended, sign-in leads back to what was typed.
    handle.save();
    start.mutate({ call, foretold: verdict.current });
  };
  const move = (part: Partial<StartSearch>) => {
    touch();
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  };
  const another = { set: undefined, preview: undefined, input: undefined, draft: undefined };

  useShortcut({ keys: 'mod+enter', label: 'Start it', group: 'Start' }, submit);
  useShortcut({ keys: 'escape', label: 'Go back', group: 'Start' }, () => {
    if (router.history.canGoBack()) router.history.back();
    else void navigate({ to: '/w/$ws/runs', params: { ws } });
  });
  // Escape leaves a field first; only the next one leaves the page.
  const leaveField = (event: KeyboardEvent<HTMLFormElement>) => {
    const { target } = event;
    if (event.key !== 'Escape' || event.defaultPrevented || !(target instanceof HTMLElement)) return;
    if (!target.matches('input, select, textarea')) return;
    event.preventDefault();
    target.blur();
  };

  const refusedAt = start.submittedAt;
  useEffect(() => {
    if (refusedAt > 0 && start.isError) {
      form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    }
  }, [refusedAt, start.isError]);
  // Where the operation is known and the tenant is not, the tenant is what is asked next.
  const asksTenant = chosen !== undefined && tenantId === undefined;
  useEffect(() => {
    if (asksTenant) form.current?.querySelector('select')?.focus();
  }, [asksTenant]);

  useNamedPart(chosen !== undefined && tenantId !== undefined);

  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[minmax(0,1fr)_28rem]">
      <form
        id={formId}
        ref={form}
        noValidate
        className="panel grid min-w-0 grid-cols-[minmax(0,1fr)] gap-6 p-5 wrap-anywhere"
        onKeyDown={leaveField}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {replayed === undefined ? (
          <OperationChoice
            operations={offered}
            recent={recent}
            chosen={chosen}
            onChoose={(name) => move({ ...another, operation: name })}
          />
        ) : (
          <ReplayFacts run={replayed} changes={changes} ws={ws} search={search} />
        )}
        {chosen && replayed === undefined && (
          <TargetFields
            chosen={chosen}
            search={search}
            faults={faults}
            onChange={(part) => {
              if (!('tenant' in part)) return move(part);
              const { input: all, text } = handle.draft;
              move({
                ...another,
                connection: undefined,
                ...part,
                ...handle.inLink({ input: withoutBound(all), text }),
              });
            }}
          />
        )}
        {chosen && tenantId !== undefined && (
          <InputSection
            fields={fields}
            tenantId={tenantId}
            handle={handle}
            faults={faults}
            last={last}
            onLast={({ connectionId }) =>
              move({ connection: connectionId === undefined ? undefined : String(connectionId) })
            }
            onTouch={touch}
          />
        )}
      </form>
      <StartAside
        ws={ws}
        label={replayed === undefined ? (chosen?.label ?? 'Start') : 'Replay'}
        refused={refused}
        call={call}
        verdict={verdict}
        start={start}
        onSubmit={submit}
      />
    </div>
  );
}
