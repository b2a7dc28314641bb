import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, Clock, Download, FileText, ListFilter, WrapText } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { trpc } from '../client/api.ts';
import { faultOf } from '../client/problem-model.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Input, Select } from '../ui/field.tsx';
import { saveFile } from '../ui/save-file.ts';
import { toast } from '../ui/toasts.tsx';
import type { Matches } from './log-matches.ts';
import type { LogFilter } from './log-model.ts';
import { readLines, searchInput } from './log-query.ts';
import type { RunSearch } from './search.ts';

interface LogToolbarProps {
  runId: number;
  search: RunSearch;
  filter: LogFilter;
  matches: Matches | null;
  here: number | null;
  onChange: (part: Partial<RunSearch>) => void;
  /** Goes to the next match, or with -1 to the one before. */
  onStep: (step: 1 | -1) => void;
  onLine: (line: number) => void;
  copied: () => string;
  /** What a copy holds, where it is not all that is shown. */
  copyLabel: string;
}

/** How many lines match, and which of them this is. */
function Count({ matches, here }: Pick<LogToolbarProps, 'matches' | 'here'>) {
  const { lines, complete, pending } = matches ?? { lines: [], complete: true, pending: false };
  const at = here === null ? -1 : lines.findIndex(({ number }) => number === here);
  const total = `${lines.length.toLocaleString('en')}${complete ? '' : '+'}`;
  const text = pending
    ? 'Searching'
    : lines.length === 0
      ? 'No match'
      : at < 0
        ? `${total} ${lines.length === 1 ? 'line' : 'lines'}`
        : `${(at + 1).toLocaleString('en')} of ${total}`;
  return (
    <span role="status" className="text-sm whitespace-nowrap text-muted tabular-nums">
      {matches === null ? '' : text}
    </span>
  );
}

function Find(props: LogToolbarProps) {
  const { search, matches, here, onChange, onStep, onLine } = props;
  return (
    <search className="flex flex-wrap items-center gap-1.5">
      <Input
        type="search"
        aria-label="Find in the log"
        title="A colon and a number goes to that line"
        placeholder="Find, or :120 for a line"
        data-filter
        className="h-8 w-full sm:w-52"
        value={search.q ?? ''}
        onChange={(event) => onChange({ q: event.target.value || undefined })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          const line = /^:([1-9][0-9]{0,8})$/.exec(search.q ?? '')?.[1];
          if (line === undefined) onStep(event.shiftKey ? -1 : 1);
          else onLine(Number(line));
        }}
      />
      <Count matches={search.q === undefined ? null : matches} here={here} />
      {search.q !== undefined && (
        <>
          <IconButton label="Previous match" onClick={() => onStep(-1)}>
            <ChevronUp size={16} aria-hidden="true" />
          </IconButton>
          <IconButton label="Next match" onClick={() => onStep(1)}>
            <ChevronDown size={16} aria-hidden="true" />
          </IconButton>
          <Toggle
            label="Only matching lines"
            on={search.only === 'matches'}
            onClick={(on) => onChange({ only: on ? 'matches' : undefined })}
          >
            <ListFilter size={16} aria-hidden="true" />
          </Toggle>
        </>
      )}
    </search>
  );
}

interface ToggleProps {
  label: string;
  on: boolean;
  onClick: (on: boolean) => void;
  children: ReactNode;
}

function Toggle({ label, on, onClick, children }: ToggleProps) {
  return (
    <IconButton
      label={label}
      aria-pressed={on}
      className="aria-pressed:bg-accent-soft aria-pressed:text-accent"
      onClick={() => onClick(!on)}
    >
      {children}
    </IconButton>
  );
}

/** Saves the whole log as it was written, whatever is filtered. */
function DownloadButton({ runId }: { runId: number }) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const parts: string[] = [];
      for await (const page of readLines(runId, {}))
        parts.push(page.items.map(({ text }) => `${text}\n`).join(''));
      saveFile(`run-${runId}.log`, parts);
    } catch (error) {
      toast('The log could not be read', faultOf(error).detail);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      look="quiet"
      pending={busy}
      icon={<Download size={15} aria-hidden="true" />}
      onClick={() => void save()}
    >
      Download
    </Button>
  );
}

/** What is looked for in a log, and how it is shown. All of it is in the URL. */
export function LogToolbar(props: LogToolbarProps) {
  const { runId, search, filter, onChange, copied, copyLabel } = props;
  const steps = useQuery(trpc.run.steps.queryOptions({ id: runId }));
  const names = steps.data?.items ?? [];
  const known = search.step === undefined || names.some(({ name }) => name === search.step);
  const asked = searchInput(filter);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2">
      <Find {...props} />
      <Select
        aria-label="Least level"
        className="h-8 w-38"
        value={search.level ?? ''}
        onChange={(event) => onChange({ level: (event.target.value || undefined) as RunSearch['level'] })}
      >
        <option value="">Every level</option>
        <option value="warning">Warnings, errors</option>
        <option value="error">Errors</option>
      </Select>
      <Select
        aria-label="Step"
        className="h-8 w-38"
        value={search.step ?? ''}
        onChange={(event) => onChange({ step: event.target.value || undefined })}
      >
        <option value="">Every step</option>
        {names.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
        {!known && <option value={search.step}>{search.step}</option>}
      </Select>
      <div className="flex flex-wrap items-center gap-x-1 md:ml-auto">
        <Toggle
          label="Wrap long lines"
          on={search.wrap === undefined}
          onClick={(on) => onChange({ wrap: on ? undefined : 'off' })}
        >
          <WrapText size={16} aria-hidden="true" />
        </Toggle>
        <Toggle
          label="Times"
          on={search.times === undefined}
          onClick={(on) => onChange({ times: on ? undefined : 'off' })}
        >
          <Clock size={16} aria-hidden="true" />
        </Toggle>
        <Toggle
          label="Open as plain text"
          on={search.as === 'text'}
          onClick={(on) => onChange({ as: on ? 'text' : undefined })}
        >
          <FileText size={16} aria-hidden="true" />
        </Toggle>
        <CopyButton text={copied}>{copyLabel}</CopyButton>
        <DownloadButton runId={runId} />
        <CopyAs
          call={() =>
            Object.keys(asked).length === 0
              ? { method: 'GET', path: `/v1/runs/${runId}/logs` }
              : { method: 'GET', path: `/v1/runs/${runId}/log-lines`, query: asked }
          }
          link
        />
      </div>
    </div>
  );
}
