import { useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { controlClass, Field } from '../ui/field.tsx';
import type { InputReading } from './read-input.ts';

interface JsonEditorProps {
  text: string;
  reading: InputReading;
  /** What the server found wrong in it, by pointer. */
  faults: readonly { readonly pointer: string; readonly detail: string }[];
  onChange: (text: string) => void;
}

/** Where the line begins, in characters. */
function startOf(text: string, line: number): number {
  return text
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, one) => sum + one.length + 1, 0);
}

/** An input as text. Where it is no JSON, and what the server finds wrong in it, is told by line. */
export function JsonEditor({ text, reading, faults, onChange }: JsonEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const found = reading.ok
    ? faults
        .map(({ pointer, detail }) => ({
          line: reading.lines.get(pointer) ?? 1,
          column: 1,
          message: `${pointer || 'The input'}${/^\p{Lu}/u.test(detail) ? ':' : ''} ${detail}`,
        }))
        .sort((left, right) => left.line - right.line)
    : [reading.fault];
  const go = (line: number, column: number) => {
    const at = startOf(text, line) + column - 1;
    area.current?.focus();
    area.current?.setSelectionRange(at, at);
  };
  return (
    <div className="grid min-w-0 gap-2">
      <Field
        label="Input as JSON"
        help={found.length === 0 ? 'Numbers keep every digit you type.' : undefined}
        fault={
          found.length === 0
            ? null
            : reading.ok
              ? 'The server does not accept this.'
              : 'This is not JSON yet. Correct it to see it as a form.'
        }
      >
        {(ids) => (
          <textarea
            {...ids}
            ref={area}
            rows={Math.min(24, Math.max(8, text.split('\n').length + 1))}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            wrap="off"
            className={`${controlClass} w-full overflow-auto py-2 font-mono text-sm`}
            value={text}
            onChange={({ target }) => onChange(target.value)}
          />
        )}
      </Field>
      {found.length > 0 && (
        <ul aria-label="Faults in the JSON" className="grid gap-1 text-sm">
          {found.slice(0, 10).map(({ line, column, message }) => (
            <li key={`${line}:${column}:${message}`} className="flex flex-wrap items-baseline gap-x-2">
              <Button look="quiet" size="small" className="-ml-1.5" onClick={() => go(line, column)}>
                Line {line}
              </Button>
              <span className="min-w-0 flex-1">{message}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
