import { Download, TriangleAlert } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { saveFile } from '../ui/save-file.ts';

interface RecoveryCodesProps {
  codes: readonly string[];
  username: string;
  onDone: () => void;
}

/** Recovery codes at the only moment they can be seen. They leave by one button, never by a stray key. */
export function RecoveryCodes({ codes, username, onDone }: RecoveryCodesProps) {
  const file = () =>
    `Recovery codes of ${username} for Signalbox at ${location.origin}\nEach works once, in the place of a code.\n\n${codes.join('\n')}\n`;
  return (
    <>
      <p className="flex items-start gap-2.5 rounded-md bg-caution-soft px-3 py-2 text-sm">
        <TriangleAlert size={16} className="mt-0.5 shrink-0 text-caution" aria-hidden="true" />
        <span>
          <strong className="font-semibold">Keep these recovery codes now.</strong> They are not shown again.
          Each lets you in once when your authenticator is lost.
        </span>
      </p>
      <ul
        aria-label="Recovery codes"
        className="grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-x-6 gap-y-1 rounded-md border border-line bg-sunken px-4 py-3 font-mono text-sm"
      >
        {codes.map((code) => (
          <li key={code} className="select-all">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="-ml-3 flex flex-wrap gap-1">
          <CopyButton text={() => codes.join('\n')}>Copy the codes</CopyButton>
          <Button
            look="quiet"
            icon={<Download size={15} aria-hidden="true" />}
            onClick={() => saveFile('signalbox-recovery-codes.txt', [file()])}
          >
            Download
          </Button>
        </div>
        <Button look="primary" onClick={onDone}>
          I have kept them
        </Button>
      </div>
    </>
  );
}
