import type { Connection } from '@signalbox/contracts/connection/connection';
import { useMutation, useQuery } from '@tanstack/react-query';
import { trpc } from '../client/api.ts';
import { consentWord, credentialWord } from '../connection/health.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { NewConnection } from './new-connection.tsx';
import { StepFooter } from './step-footer.tsx';
import { StepFrame } from './step-frame.tsx';
import type { Wizard } from './use-wizard.ts';

/** What keeps a connection from being used, in a few words; null when nothing does. */
function trouble({ enabled, credential }: Connection): string | null {
  if (!enabled) return 'disabled';
  return credential === 'present' ? null : `credential ${credentialWord(credential)}`;
}

interface ChoiceProps {
  connection: Connection;
  chosen: boolean;
  readOnly: boolean;
  onChoose: () => void;
}

function Choice({ connection, chosen, readOnly, onChoose }: ChoiceProps) {
  const wrong = trouble(connection);
  return (
    <label className="flex min-h-11 items-start gap-3 px-4 py-2.5 hover:bg-hover has-checked:bg-accent-soft md:px-5">
      <input
        type="radio"
        name="connection"
        className="mt-1 size-4 shrink-0 accent-accent"
        checked={chosen}
        disabled={readOnly}
        onChange={onChoose}
      />
      <span className="min-w-0">
        <span className="font-medium">{connection.label}</span>
        {connection.isDefault && <span className="ml-2 text-xs text-faint">default</span>}
        <span className="block text-sm text-muted">
          Consent {consentWord(connection.consent)},{' '}
          {wrong === null ? 'credential present' : <strong className="text-caution">{wrong}</strong>}
        </span>
      </span>
    </label>
  );
}

/** Step 2: through which connection, and with which credential, Signalbox will reach the tenant. */
export function ConnectionStep({ wizard }: { wizard: Wizard }) {
  const { session, readOnly } = wizard;
  const query = useQuery(trpc.connection.list.queryOptions({ tenantId: session.tenant.id, limit: 200 }));
  const choose = useMutation({ mutationFn: (id: number) => wizard.chooseConnection(id) });
  const rows = query.data?.items.filter(({ provider }) => provider === 'graph') ?? [];
  // Whoever goes on without having chosen one goes on with the one that the gate would choose.
  const presumed =
    rows.find(({ isDefault, enabled }) => isDefault && enabled) ?? (rows.length === 1 ? rows[0] : undefined);
  const chosenId = choose.isPending ? choose.variables : (session.connection?.id ?? presumed?.id);
  return (
    <StepFrame
      step={2}
      title="Connection and credentials"
      lead="An application at the provider lets Signalbox in. Choose a connection of this tenant, or make one."
      footer={<StepFooter wizard={wizard} step={2} saves />}
    >
      {query.data === undefined ? (
        query.isError ? (
          <div className="p-4">
            <FaultLine error={query.error} onRetry={() => void query.refetch()} />
          </div>
        ) : (
          <SkeletonRows rows={3} />
        )
      ) : (
        <>
          {rows.length > 0 && (
            <fieldset className="divide-y divide-line border-b border-line">
              <legend className="sr-only">Connection</legend>
              {rows.map((connection) => (
                <Choice
                  key={connection.id}
                  connection={connection}
                  chosen={connection.id === chosenId}
                  readOnly={readOnly !== null}
                  onChoose={() => choose.mutate(connection.id)}
                />
              ))}
            </fieldset>
          )}
          {session.step > 2 && (
            <p className="border-b border-line px-4 py-2.5 text-sm text-muted md:px-5">
              Another connection leads back to this step: what was verified was verified through this one.
            </p>
          )}
          {choose.isError && (
            <div className="px-4 pt-4 md:px-5">
              <FaultLine error={choose.error} />
            </div>
          )}
          <NewConnection key={rows.length} wizard={wizard} first={rows.length === 0} />
        </>
      )}
    </StepFrame>
  );
}
