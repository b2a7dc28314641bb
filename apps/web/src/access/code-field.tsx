import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../client/problem-model.ts';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input } from '../ui/field.tsx';

/** What is sent of a code as typed or pasted: apps show `123 456`, and blanks mean nothing. */
export function typedCode(text: string): string {
  return text.replaceAll(/\s/g, '');
}

interface CodeFieldProps {
  value: string;
  onChange: (text: string) => void;
  /** False where a recovery code is no way in. */
  recovery?: boolean;
  /** False where the code is not what the person came for first. */
  focused?: boolean;
}

/** A code of the authenticator, or instead of it a recovery code. */
export function CodeField({ value, onChange, recovery = true, focused = true }: CodeFieldProps) {
  const [lost, setLost] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the other kind of code is typed into another field
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [lost, focused]);
  return (
    <div className="grid gap-2">
      {lost ? (
        <Field label="Recovery code" help="One of the ten you kept when you enrolled. Each works once.">
          {(ids) => (
            <Input
              {...ids}
              ref={input}
              name="recovery-code"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              required
              maxLength={64}
              placeholder="xxxxx-xxxxx-xxxxx"
              className="h-9 w-full font-mono"
              value={value}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
      ) : (
        <Field label="Code" help="Six digits from your authenticator app.">
          {(ids) => (
            <Input
              {...ids}
              ref={input}
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              spellCheck={false}
              required
              maxLength={64}
              className="h-9 w-full font-mono tracking-widest tabular-nums"
              value={value}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
      )}
      {recovery && (
        <div>
          <button
            type="button"
            className="link min-h-6 text-sm"
            onClick={() => {
              onChange('');
              setLost(!lost);
            }}
          >
            {lost ? 'Use a code of the app instead' : 'Use a recovery code instead'}
          </button>
        </div>
      )}
    </div>
  );
}

/** Why a code was not taken. */
export function CodeFault({ error }: { error: unknown }) {
  const { code } = problemOf(error) ?? {};
  if (code !== 'code_refused' && code !== 'sign_in_refused') return <FaultLine error={error} />;
  return (
    <p role="alert" className="rounded-md border border-stop bg-stop-soft px-3 py-2 text-sm">
      <strong className="font-semibold">The code was not taken.</strong> Each works once, for about half a
      minute: wait for the next one. If it stays so, look whether the clock of your phone is right.
    </p>
  );
}
