import { CircleAlert, CircleCheck, LoaderCircle, PencilLine } from 'lucide-react';
import { formatClock } from '../clock/format-time.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { Button } from '../ui/button.tsx';
import { type AutoSave, saveWord } from './draft-model.ts';

interface SaveLineProps {
  state: AutoSave;
  onSave: () => void;
}

/** Whether the server has what was typed. The line keeps its place, so that nothing moves while one types. */
export function SaveLine({ state, onSave }: SaveLineProps) {
  const { time } = usePreferences();
  const word = saveWord(state);
  if (word === 'failed') {
    return (
      <p role="alert" className="flex min-h-6 flex-wrap items-center gap-x-2 text-sm font-medium text-stop">
        <CircleAlert size={15} aria-hidden="true" className="shrink-0" />
        Not saved: {state.fault} It is tried again by itself.
        <Button size="small" onClick={onSave}>
          Save now
        </Button>
      </p>
    );
  }
  return (
    <p role="status" className="flex min-h-6 items-center gap-1.5 text-sm text-muted">
      {word === 'typing' && (
        <>
          <PencilLine size={15} aria-hidden="true" />
          Not saved yet
        </>
      )}
      {word === 'saving' && (
        <>
          <LoaderCircle size={15} aria-hidden="true" className="animate-spin" />
          Saving…
        </>
      )}
      {word === 'saved' && state.savedAt !== null && (
        <>
          <CircleCheck size={15} aria-hidden="true" className="text-clear" />
          Saved{' '}
          <span className="tabular-nums">{formatClock(state.savedAt, time === 'utc' ? 'utc' : 'local')}</span>
        </>
      )}
      {word === 'clean' && <span className="text-faint">What you type is saved by itself.</span>}
    </p>
  );
}
