import type { OperationEntry } from '@signalbox/contracts/operation/list-operations';
import { operationRule } from '@signalbox/domain/operation/registry';
import { skipToken, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useCan } from '../access/session.ts';
import { trpc } from '../client/api.ts';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { subjectOf, type WorkflowName } from '../operation/workflow-model.ts';
import { askedBatch, clustersFor, thingsFor } from '../provisioning/infra-model.ts';
import type { InfraView } from '../provisioning/infra-view.ts';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Select } from '../ui/field.tsx';
import { OperationChoice } from './operation-choice.tsx';
import type { StartSearch } from './start-search.ts';
import { useOffered } from './use-offered.ts';
import { useRecentOperations } from './use-recent.ts';
import { type AskedStart, useWorkflowStart } from './use-workflow-start.ts';
import { WorkflowAside } from './workflow-aside.tsx';

const route = getRouteApi('/w/$ws/start');
const formId = 'workflow-form';

/** What the work is about, as the settings say it now. */
function WhatIsDone({ chosen, infra, thing }: { chosen: WorkflowName; infra: InfraView; thing: string }) {
  const { ws } = route.useParams();
  const { read, resources } = infra;
  if (read === undefined) {
    return (
      <p className="text-sm font-medium text-stop">
        {infra.settings === undefined
          ? `${infra.name} has no settings yet.`
          : `The settings of ${infra.name} are not understood.`}{' '}
        <Link to="/w/$ws/infras/$infra" params={{ ws, infra: infra.name }} hash="settings" className="link">
          Write them
        </Link>
      </p>
    );
  }
  const subject = subjectOf(chosen);
  const servers = resources.filter(({ kind }) => kind === 'server').map(({ name }) => name);
  const things =
    subject === 'servers'
      ? read.servers.map(({ name, plan, zone }) => ({
          name,
          note: `${plan} · ${zone}${servers.includes(name) ? ', stands already' : ''}`,
        }))
      : subject === 'taskserv'
        ? servers.map((name) => ({ name, note: '' }))
        : thing === ''
          ? []
          : clustersFor(thing, read.clusters).map(({ name, size }) => ({ name, note: `${size} servers` }));
  const label = { servers: 'Servers', taskserv: 'On all servers that stand', cluster: 'Clusters' }[subject];
  return (
    <div className="grid gap-1.5 text-sm">
      <span className="font-medium">{label}</span>
      {things.length === 0 ? (
        <p className="text-muted">
          {subject === 'servers'
            ? 'The settings name none.'
            : subject === 'taskserv'
              ? 'No server stands yet: create servers first.'
              : 'Choose a type of cluster first.'}
        </p>
      ) : (
        <ul aria-label={label} className="divide-y divide-line rounded-md border border-line">
          {things.map(({ name, note }) => (
            <li key={name} className="flex flex-wrap justify-between gap-x-4 px-3 py-1.5">
              <span className="font-mono">{name}</span>
              <span className="text-muted">{note}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="text-muted">
        As <span className="font-mono">config.k</span> of{' '}
        <Link to="/w/$ws/infras/$infra" params={{ ws, infra: infra.name }} className="link">
          {infra.name}
        </Link>{' '}
        says now.
      </p>
    </div>
  );
}

/** Why it cannot be started yet; null when it can. */
function obstacle(
  { chosen, infra, thing }: { chosen: WorkflowName; infra: InfraView | undefined; thing: string },
  may: boolean,
): string | null {
  if (!may) return `You lack the capability ${operationRule(chosen).capability}.`;
  if (infra === undefined) return 'Choose an infra first.';
  if (infra.read === undefined) return 'Write the settings of the infra first.';
  const subject = subjectOf(chosen);
  if (subject === 'servers') return infra.read.servers.length === 0 ? 'The settings name no server.' : null;
  if (thing !== '') return null;
  return subject === 'taskserv' ? 'Choose a task service first.' : 'Choose a type of cluster first.';
}

/** A name the link chose that no list holds: shown as it is, since it is what would be sent. */
function unlisted(name: string | undefined, listed: readonly string[] | undefined) {
  return name !== undefined && !listed?.includes(name) ? <option>{name}</option> : null;
}

interface WorkflowFormProps {
  operations: readonly OperationEntry[];
  chosen: WorkflowName;
  search: StartSearch;
}

/** The start form of work on an infra: on which, what, and whether it only plans. */
export function WorkflowForm({ operations, chosen, search }: WorkflowFormProps) {
  const { ws } = route.useParams();
  const navigate = route.useNavigate();
  const checkId = useId();
  const offered = useOffered(operations);
  const recent = useRecentOperations();
  const may = useCan(operationRule(chosen).capability);
  const infras = useQuery(trpc.infra.list.queryOptions({ limit: 200 }, { staleTime: 0 }));
  const detail = useQuery(
    trpc.infra.get.queryOptions(search.infra === undefined ? skipToken : { name: search.infra }, {
      staleTime: 0,
    }),
  );
  const infra = search.infra === undefined ? undefined : detail.data;
  const broken = infras.data === undefined ? infras : detail;
  const subject = subjectOf(chosen);
  const thing = subject === 'servers' ? '' : (search.thing ?? '');
  const check = search.check === 'on';
  const refused = obstacle({ chosen, infra, thing }, may);
  const asked: AskedStart | null =
    refused !== null || infra?.read === undefined ? null : { name: chosen, infra: infra.name, thing, check };
  const start = useWorkflowStart(ws);
  const batch =
    asked === null || infra?.read === undefined
      ? null
      : askedBatch({ name: chosen, infra: infra.name, settings: infra.read, thing });
  const submit = () => {
    if (asked !== null && !start.isPending) start.mutate(asked);
  };
  const move = (part: Partial<StartSearch>) => {
    if (!start.isPending) start.reset();
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  };
  useShortcut({ keys: 'mod+enter', label: 'Start it', group: 'Start' }, submit);
  const things = infra === undefined ? [] : thingsFor(chosen, infra);
  const thingWord = subject === 'taskserv' ? 'task service' : 'type of cluster';
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[minmax(0,1fr)_28rem]">
      <form
        id={formId}
        noValidate
        className="panel grid min-w-0 grid-cols-[minmax(0,1fr)] gap-6 p-5 wrap-anywhere"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <OperationChoice
          operations={offered}
          recent={recent}
          chosen={offered.find(({ name }) => name === chosen)}
          onChoose={(operation) => move({ operation, thing: undefined, input: undefined, draft: undefined })}
        />
        <fieldset className="grid min-w-0 gap-4">
          <legend className="mb-2 text-base font-semibold">Target</legend>
          <Field label="Infra">
            {(ids) => (
              <Select
                {...ids}
                required
                value={search.infra ?? ''}
                onChange={({ target }) => move({ infra: target.value || undefined, thing: undefined })}
              >
                <option value="">Choose an infra</option>
                {unlisted(
                  search.infra,
                  infras.data?.items.map(({ name }) => name),
                )}
                {infras.data?.items.map(({ name, provider }) => (
                  <option key={name} value={name}>
                    {name} ({provider ?? 'no settings'})
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {subject !== 'servers' && (
            <Field label={subject === 'taskserv' ? 'Task service' : 'Type of cluster'}>
              {(ids) => (
                <Select
                  {...ids}
                  required
                  disabled={infra === undefined}
                  value={thing}
                  onChange={({ target }) => move({ thing: target.value || undefined })}
                >
                  <option value="">
                    {infra !== undefined && things.length === 0
                      ? `No ${thingWord} stands or is named`
                      : `Choose a ${thingWord}`}
                  </option>
                  {unlisted(thing === '' ? undefined : thing, infra === undefined ? undefined : things)}
                  {things.map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          {broken.isError && broken.data === undefined && (
            <FaultLine error={broken.error} onRetry={() => void broken.refetch()} />
          )}
          {infra !== undefined && <WhatIsDone chosen={chosen} infra={infra} thing={thing} />}
        </fieldset>
        <fieldset className="grid min-w-0 gap-1">
          <legend className="mb-2 text-base font-semibold">How</legend>
          <label htmlFor={checkId} className="flex min-h-6 items-center gap-2 font-medium">
            <input
              id={checkId}
              type="checkbox"
              aria-describedby={`${checkId}-help`}
              className="size-4 accent-accent"
              checked={check}
              onChange={({ target }) => move({ check: target.checked ? 'on' : undefined })}
            />
            Check mode
          </label>
          <p id={`${checkId}-help`} className="pl-6 text-sm text-muted">
            Plans without writing: the run says what it would do, and makes, changes and removes nothing.
          </p>
        </fieldset>
      </form>
      <WorkflowAside
        ws={ws}
        formId={formId}
        label={operationRule(chosen).label}
        refused={refused}
        asked={asked}
        batch={batch}
        start={start}
        onSubmit={submit}
      />
    </div>
  );
}
