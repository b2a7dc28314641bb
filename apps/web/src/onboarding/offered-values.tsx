import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { ActionButton } from '../run/action-button.tsx';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import type { Values } from './draft-model.ts';
import { valueRows, valuesText } from './field-words.ts';

interface OfferedValuesProps {
  title: string;
  children: ReactNode;
  values: Values;
  /** Why they cannot be put back now; null when they can. */
  refused: string | null;
  pending?: boolean;
  onPutBack: () => void;
  onDrop: () => void;
}

/** What one had typed when the lock went to somebody else: kept, readable, and one press away from being back. */
export function OfferedValues(props: OfferedValuesProps) {
  const { title, children, values, refused, pending = false, onPutBack, onDrop } = props;
  return (
    <section
      aria-label={title}
      className="arriving grid gap-3 rounded-lg border border-line border-l-4 border-l-lunar bg-lunar-soft p-4"
    >
      <div className="grid gap-1">
        <h2 className="font-semibold">{title}</h2>
        <p className="text-sm text-muted">{children}</p>
      </div>
      <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
        {valueRows(values).map(([label, text]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="wrap-anywhere whitespace-pre-wrap">
              {text === '' ? <span className="text-faint">emptied</span> : text}
            </dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap items-center gap-2">
        <ActionButton
          icon={<Undo2 size={15} aria-hidden="true" />}
          refused={refused}
          pending={pending}
          onClick={onPutBack}
        >
          Put them back
        </ActionButton>
        <CopyButton text={() => valuesText(values)}>Copy</CopyButton>
        <Button look="quiet" onClick={onDrop}>
          Discard
        </Button>
      </div>
    </section>
  );
}
