import type { AuditLogEntry } from '@signalbox/contracts/observability/list-audit';
import { type ReasonCode, reasons } from '@signalbox/domain/gate/reasons';
import { Link } from '@tanstack/react-router';
import { Bot, ChevronDown, Cpu, KeyRound, UserRound } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { formatAbsolute } from '../clock/format-time.ts';
import { Id } from '../ui/id.tsx';
import { Time } from '../ui/time.tsx';

/** The columns of the log; its heading uses the same. */
export const auditColumns = 'md:grid-cols-[8rem_minmax(0,1.2fr)_minmax(0,1fr)_1.5rem]';

const kinds: Readonly<Record<string, { word: string; icon: typeof Bot }>> = {
  user: { word: 'person', icon: UserRound },
  api_key: { word: 'API key', icon: KeyRound },
  worker: { word: 'worker', icon: Cpu },
  system: { word: 'Signalbox', icon: Bot },
};

function Actor({ actor }: { actor: AuditLogEntry['actor'] }) {
  const { word, icon: Icon } = kinds[actor.kind] ?? { word: actor.kind, icon: Bot };
  return (
    <>
      <span title={word} className="mr-1.5 inline-block align-[-2px] text-faint">
        <Icon size={15} role="img" aria-label={word} />
      </span>
      <strong className="font-semibold break-words">{actor.name}</strong>{' '}
      {actor.onBehalfOf !== undefined && (
        <>
          for <strong className="font-semibold break-words">{actor.onBehalfOf}</strong>{' '}
        </>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function Opened({ entry, id, ws }: { entry: AuditLogEntry; id: string; ws: string }) {
  const { details, requestId, object, run } = entry;
  const none = Object.keys(details).length === 0;
  return (
    <div
      id={id}
      className="col-span-full mt-1 grid gap-x-8 gap-y-3 rounded-md bg-sunken px-4 py-3 md:grid-cols-2"
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] content-start gap-x-4 gap-y-1 text-sm">
        <Fact name="Entry">#{entry.id}</Fact>
        <Fact name="Time">
          <time dateTime={entry.at} className="font-mono text-xs">
            {formatAbsolute(Date.parse(entry.at), 'utc')}
          </time>
        </Fact>
        <Fact name="Action">
          <code className="font-mono text-xs">{entry.action}</code>
        </Fact>
        <Fact name="Object">
          <code className="font-mono text-xs break-all">
            {object.kind} {object.id}
          </code>
        </Fact>
        {entry.tenant !== undefined && <Fact name="Tenant">{entry.tenant.name}</Fact>}
        {run !== undefined && (
          <Fact name="Run">
            <Link to="/w/$ws/runs/$runId" params={{ ws, runId: String(run.id) }} className="link">
              #{run.id}
            </Link>
          </Fact>
        )}
        {requestId !== undefined && (
          <Fact name="Request">
            <Id id={requestId} label="Copy request id" most={20} />
          </Fact>
        )}
      </dl>
      <div className="min-w-0">
        <div className="eyebrow pb-1">Details</div>
        {none ? (
          <p className="text-sm text-faint">None</p>
        ) : (
          <pre className="max-h-80 overflow-auto font-mono text-xs break-words whitespace-pre-wrap">
            {JSON.stringify(details, null, 2)}
          </pre>
        )}
      </div>
    </div>
  );
}

/** How a run ended, or why the gate refused it: what one looks for in a list of deeds. */
function remark({ action, details }: AuditLogEntry): string | null {
  const { status, reason } = details;
  if (action === 'run.finished' && typeof status === 'string') return status;
  if (action !== 'run.start_refused' || typeof reason !== 'string') return null;
  return Object.hasOwn(reasons, reason) ? reasons[reason as ReasonCode].label : reason;
}

interface AuditRowProps {
  entry: AuditLogEntry;
  ws: string;
  open: boolean;
  onToggle: () => void;
}

/** One entry in plain words; opened, everything that was recorded. */
export function AuditRow({ entry, ws, open, onToggle }: AuditRowProps) {
  const id = useId();
  const { run, about } = entry;
  const said = remark(entry);
  return (
    <li
      className={`relative grid min-h-(--row) grid-cols-[minmax(0,1fr)_1.5rem] items-center gap-x-5 gap-y-0.5 px-4 py-2 hover:bg-hover ${auditColumns}`}
    >
      <span className="text-sm text-muted max-md:order-1 max-md:col-span-full">
        <Time at={entry.at} />
      </span>
      <p className="min-w-0 max-md:col-start-1">
        <Actor actor={entry.actor} />
        {entry.label}
        {said !== null && <span className="text-muted">: {said}</span>}
      </p>
      <p className="min-w-0 truncate text-sm text-muted max-md:order-1 max-md:col-span-full">
        {run === undefined ? (
          about
        ) : (
          <Link to="/w/$ws/runs/$runId" params={{ ws, runId: String(run.id) }} className="link" title={about}>
            {about}
          </Link>
        )}
      </p>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={`Details of entry ${entry.id}: ${entry.actor.name} ${entry.label}`}
        title={open ? 'Hide the details' : 'Show the details'}
        className="inline-flex size-6 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-ink max-md:col-start-2"
        onClick={onToggle}
      >
        <ChevronDown
          size={15}
          aria-hidden="true"
          className={`transition-transform ${open ? 'rotate-180' : ''}`}
        />
      </button>
      {open && <Opened entry={entry} id={id} ws={ws} />}
    </li>
  );
}
