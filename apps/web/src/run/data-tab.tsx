import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { writeJson } from '../operation/json-text.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { DataTree } from './data-tree.tsx';
import type { TabProps } from './tab-props.ts';

interface PartProps {
  label: string;
  value: unknown;
  children?: ReactNode;
}

function Part({ label, value, children }: PartProps) {
  return (
    <section aria-label={label} className="grid min-w-0 content-start gap-1">
      <div className="flex min-h-8 items-center justify-between">
        <h2 className="text-sm font-semibold">{label}</h2>
        <CopyButton text={() => writeJson(value, true)}>Copy</CopyButton>
      </div>
      {children}
      <DataTree label={label} value={value} />
    </section>
  );
}

/** Things that an input or an output names, as the way to them. */
function Leads({ data, ws }: { data: Readonly<Record<string, unknown>>; ws: string }) {
  const { backupSetId, previewRunId, connectionId } = data;
  const id = (value: unknown) => (Number.isSafeInteger(value) ? String(value) : null);
  const [set, preview, connection] = [id(backupSetId), id(previewRunId), id(connectionId)];
  if (set === null && preview === null && connection === null) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 pb-1 text-sm">
      {set !== null && (
        <li>
          <Link to="/w/$ws/backup-sets/$setId" params={{ ws, setId: set }} className="link">
            Backup set #{set}
          </Link>
        </li>
      )}
      {preview !== null && (
        <li>
          <Link
            to="/w/$ws/runs/$runId"
            params={{ ws, runId: preview }}
            search={{ tab: 'preview' }}
            className="link"
          >
            Preview of run #{preview}
          </Link>
        </li>
      )}
      {connection !== null && (
        <li>
          <Link
            to="/w/$ws/connections/$connectionId"
            params={{ ws, connectionId: connection }}
            className="link"
          >
            Connection #{connection}
          </Link>
        </li>
      )}
    </ul>
  );
}

/** What the run was given and what it gave. Secrets are never part of either. */
export function DataTab({ run, ws }: TabProps) {
  return (
    <div className="grid gap-5 p-4 lg:grid-cols-2">
      <Part label="Input" value={run.input}>
        <Leads data={run.input} ws={ws} />
      </Part>
      {run.output === undefined ? (
        <section aria-label="Output" className="grid content-start gap-1">
          <h2 className="flex min-h-8 items-center text-sm font-semibold">Output</h2>
          <p className="text-muted">There is no output{run.finishedAt === undefined ? ' yet' : ''}.</p>
        </section>
      ) : (
        <Part label="Output" value={run.output}>
          <Leads data={run.output} ws={ws} />
        </Part>
      )}
      {run.safeError?.context && <Part label="Error context" value={run.safeError.context} />}
      <section aria-label="Protected scopes held" className="min-w-0">
        <h2 className="mb-1 text-sm font-semibold">Protected scopes held</h2>
        {run.scopes.length === 0 ? (
          <p className="text-muted">None{run.finishedAt === undefined ? '' : ' any more'}.</p>
        ) : (
          <ul className="grid gap-1 font-mono text-xs break-all">
            {run.scopes.map((scope) => (
              <li key={scope}>{scope}</li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
