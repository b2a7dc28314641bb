import { useId } from 'react';
import { changePreferences, usePreferences } from '../preferences/use-preferences.ts';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import type { ApiCall } from '../ui/copy-as-call.ts';
import { StartAnswer, StartFault } from './start-answer.tsx';
import type { StartCall } from './start-body.ts';
import { formId } from './start-form.tsx';
import type { Start } from './use-start.tsx';
import { type useVerdict, Verdict } from './verdict.tsx';

interface StartAsideProps {
  ws: string;
  label: string;
  /** Why it cannot be sent yet; null when it can. */
  refused: string | null;
  call: StartCall | null;
  verdict: ReturnType<typeof useVerdict>;
  start: Start;
  onSubmit: () => void;
}

/** The same over REST, where the id of a replayed run is part of the path. */
function restCall({ kind, body }: StartCall): ApiCall {
  if (kind === 'start') return { method: 'POST', path: '/v1/runs', body, keyed: true };
  const { id, ...rest } = body;
  return { method: 'POST', path: `/v1/runs/${id}/replay`, body: rest, keyed: true };
}

function AfterStart() {
  const id = useId();
  const { afterStart } = usePreferences();
  return (
    <label htmlFor={id} className="flex min-h-6 items-center gap-2 text-sm text-muted">
      <input
        id={id}
        type="checkbox"
        className="size-4 accent-accent"
        checked={afterStart === 'open'}
        onChange={({ target }) => changePreferences({ afterStart: target.checked ? 'open' : 'stay' })}
      />
      Open the run once it is accepted
    </label>
  );
}

/** Step three: the verdict before the click, the button, and what the gate answered. */
export function StartAside({ ws, label, refused, call, verdict, start, onSubmit }: StartAsideProps) {
  const { outcome } = verdict.current ?? {};
  const willRefuse = outcome?.outcome === 'blocked' || outcome?.outcome === 'scope_busy';
  if (start.data !== undefined) {
    return (
      <aside className="panel grid min-w-0 gap-4 p-5 wrap-anywhere lg:sticky lg:top-19">
        <StartAnswer
          outcome={start.data}
          change={start.change}
          ws={ws}
          onBack={() => {
            start.reset();
            void verdict.refetch();
          }}
        />
      </aside>
    );
  }
  return (
    <aside className="panel grid min-w-0 gap-4 p-5 wrap-anywhere lg:sticky lg:top-19">
      {call === null ? (
        <p className="text-muted">
          {refused?.startsWith('Choose') ? 'Choose an operation and what it works on.' : refused} Here you
          will see what the start gate would answer, before you start.
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
          refused={refused}
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          {label}
        </Button>
        {call !== null && <CopyAs call={() => restCall(call)} />}
      </div>
      <AfterStart />
      {start.isError && <StartFault start={start} onAgain={onSubmit} />}
    </aside>
  );
}
