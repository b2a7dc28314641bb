import type { ShownApiKey } from '@signalbox/contracts/access/api-key';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { firstCall } from './key-model.ts';

function Secret({ label, text, copy }: { label: string; text: string; copy: string }) {
  return (
    <div className="grid gap-1">
      <div className="flex items-center justify-between gap-2">
        <span className="text-sm font-medium">{label}</span>
        <CopyButton text={() => text}>{copy}</CopyButton>
      </div>
      <pre className="rounded-md border border-line bg-sunken px-3 py-2.5 font-mono text-sm break-all whitespace-pre-wrap select-all">
        {text}
      </pre>
    </div>
  );
}

interface KeyShownProps {
  made: ShownApiKey;
  onDone: () => void;
  /** What is more to say than that it is shown once. */
  children?: ReactNode;
}

/** A key at the only moment it can be seen. It leaves by one button, never by a stray key or click. */
export function KeyShown({ made, onDone, children }: KeyShownProps) {
  return (
    <>
      <p className="flex items-start gap-2.5 rounded-md bg-caution-soft px-3 py-2 text-sm">
        <TriangleAlert size={16} className="mt-0.5 shrink-0 text-caution" aria-hidden="true" />
        <span>
          <strong className="font-semibold">Copy it now.</strong> It is not shown again, and nobody can look
          it up: only a hash of it is kept.
        </span>
      </p>
      <Secret label="API key" text={made.key} copy="Copy the key" />
      <Secret label="Try it" text={firstCall(made.key, location.origin)} copy="Copy the call" />
      {children}
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          I have kept it
        </Button>
      </div>
    </>
  );
}
