import { useQuery } from '@tanstack/react-query';
import { Download, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { readJson, writeJson } from '../operation/json-text.ts';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { RequestId } from '../ui/request-id.tsx';
import { saveFile } from '../ui/save-file.ts';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { rawQuery } from './raw-tab-query.ts';
import type { TabProps } from './tab-props.ts';

/** The text indented, with every digit as it came. */
function pretty(text: string): string {
  const reading = readJson(text);
  return reading.ok ? writeJson(reading.value, true) : text;
}

/** What can be looked at as it is. */
const parts = {
  run: { label: 'Run', path: '' },
  steps: { label: 'Steps', path: '/steps' },
  events: { label: 'Events', path: '/events' },
} as const;

/** The run as the REST API gives it. */
export function RawTab({ run, ws }: TabProps) {
  const [part, setPart] = useState<keyof typeof parts>('run');
  const path = `/v1/runs/${run.id}${parts[part].path}`;
  const query = useQuery(rawQuery(ws, path));
  if (query.isPending) return <SkeletonRows rows={10} />;
  if (query.data === undefined) return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  const { text, requestId } = query.data;
  const shown = pretty(text);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2 text-sm text-muted">
        <code className="font-mono text-xs">GET {path}</code>
        {requestId !== null && <RequestId id={requestId} />}
        <fieldset aria-label="What to show" className="flex gap-1">
          {(Object.keys(parts) as (keyof typeof parts)[]).map((name) => (
            <Button
              key={name}
              look="quiet"
              size="small"
              aria-pressed={name === part}
              className="aria-pressed:bg-accent-soft aria-pressed:text-ink"
              onClick={() => setPart(name)}
            >
              {parts[name].label}
            </Button>
          ))}
        </fieldset>
        <span className="flex flex-wrap items-center md:ml-auto">
          <Button
            look="quiet"
            pending={query.isFetching}
            icon={<RefreshCw size={15} aria-hidden="true" />}
            onClick={() => void query.refetch()}
          >
            Ask again
          </Button>
          <CopyButton text={() => shown}>Copy</CopyButton>
          <Button
            look="quiet"
            icon={<Download size={15} aria-hidden="true" />}
            onClick={() =>
              saveFile(`run-${run.id}${part === 'run' ? '' : `-${part}`}.json`, [text], 'application/json')
            }
          >
            Download
          </Button>
          <CopyAs call={() => ({ method: 'GET', path })} link />
        </span>
      </div>
      <ScrollBox
        aria-label="The run as JSON"
        className="max-h-[max(20rem,calc(100dvh-18rem))] rounded-b-lg overflow-auto bg-sunken p-4 font-mono text-xs leading-5 whitespace-pre"
      >
        {shown}
      </ScrollBox>
    </>
  );
}
