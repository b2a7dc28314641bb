import { CopyButton } from '../ui/copy-button.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import type { RunView } from './run-view.ts';

function Json({ label, value }: { label: string; value: unknown }) {
  const text = JSON.stringify(value, null, 2);
  return (
    <div className="min-w-0">
      <div className="flex items-center justify-between">
        <h3 className="text-sm font-semibold">{label}</h3>
        <CopyButton text={() => text}>Copy</CopyButton>
      </div>
      <ScrollBox
        aria-label={label}
        className="max-h-96 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs leading-5 whitespace-pre"
      >
        {text}
      </ScrollBox>
    </div>
  );
}

/** What the run was given and what it gave. */
export function DataTab({ run }: { run: RunView }) {
  return (
    <div className="grid gap-4 p-4">
      <Json label="Input" value={run.input} />
      {run.output === undefined ? (
        <p className="text-muted">There is no output{run.finishedAt === undefined ? ' yet' : ''}.</p>
      ) : (
        <Json label="Output" value={run.output} />
      )}
      {run.safeError?.context && <Json label="Error context" value={run.safeError.context} />}
      <div>
        <h3 className="mb-1 text-sm font-semibold">Protected scopes held</h3>
        {run.scopes.length === 0 ? (
          <p className="text-muted">None{run.finishedAt === undefined ? '' : ' any more'}.</p>
        ) : (
          <ul className="grid gap-1 font-mono text-xs">
            {run.scopes.map((scope) => (
              <li key={scope}>{scope}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
