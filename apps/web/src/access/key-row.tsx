import type { ApiKey } from '@signalbox/contracts/access/api-key';
import { capabilitiesIn, capabilityAreas, capabilityWords } from '@signalbox/domain/access/capability-words';
import { ChevronDown, RotateCw, TriangleAlert, UserRoundCheck } from 'lucide-react';
import { useId } from 'react';
import { useServerNow } from '../clock/server-clock.ts';
import { Button } from '../ui/button.tsx';
import { Time } from '../ui/time.tsx';
import { endsSoon, keyMark, scopeText } from './key-model.ts';

/** The columns of the list; its heading uses the same. */
export const keyColumns =
  'lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1.2fr)_8.5rem_minmax(0,1fr)_minmax(0,0.9fr)_12rem]';

function Ends({ apiKey }: { apiKey: ApiKey }) {
  const now = useServerNow();
  const { status, expiresAt, revokedAt, revokedBy, previousUntil } = apiKey;
  if (status === 'revoked' && revokedAt !== undefined) {
    return (
      <>
        Revoked <Time at={revokedAt} />
        {revokedBy !== undefined && <span className="block truncate text-faint">by {revokedBy}</span>}
      </>
    );
  }
  if (expiresAt === undefined) return 'Never';
  if (status === 'expired') {
    return (
      <>
        Expired <Time at={expiresAt} />
      </>
    );
  }
  const soon = endsSoon(expiresAt, now);
  return (
    <>
      <span className={soon ? 'inline-flex items-center gap-1.5 font-medium text-caution' : ''}>
        {soon && <TriangleAlert size={14} aria-hidden="true" />}
        <Time at={expiresAt} />
      </span>
      {previousUntil !== undefined && (
        <span className="block text-faint">
          old secret <Time at={previousUntil} />
        </span>
      )}
    </>
  );
}

function Capabilities({ apiKey, id }: { apiKey: ApiKey; id: string }) {
  return (
    <div
      id={id}
      className="col-span-full grid gap-x-8 gap-y-3 rounded-md bg-sunken px-4 py-3 sm:grid-cols-2 lg:grid-cols-4"
    >
      {capabilityAreas.map((area) => {
        const held = capabilitiesIn(area).filter((each) => apiKey.capabilities.includes(each));
        return (
          <div key={area} className="min-w-0">
            <div className="eyebrow pb-1">{area}</div>
            {held.length === 0 ? (
              <p className="text-sm text-faint">Nothing</p>
            ) : (
              <ul className="grid gap-1 text-sm">
                {held.map((each) => (
                  <li key={each}>
                    <span className="block first-letter:uppercase">{capabilityWords[each].label}</span>
                    <code className="block font-mono text-2xs break-all text-faint">{each}</code>
                  </li>
                ))}
              </ul>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** The name of a value where there is no heading above it. */
function Narrow({ children }: { children: string }) {
  return <span className="text-faint lg:hidden">{children}: </span>;
}

interface KeyRowProps {
  apiKey: ApiKey;
  open: boolean;
  onToggle: () => void;
  onRotate: () => void;
  onRevoke: () => void;
}

/** One key: what tells it from others, what it may do, when it ends, and whether it is in use. */
export function KeyRow({ apiKey, open, onToggle, onRotate, onRevoke }: KeyRowProps) {
  const id = useId();
  const { name, status, lastUsedAt, lastUsedFrom } = apiKey;
  const ended = status !== 'active';
  return (
    <li className={`grid min-h-(--row) items-center gap-x-6 gap-y-1.5 px-4 py-2.5 text-sm ${keyColumns}`}>
      <div className="min-w-0">
        <p className={`truncate text-base font-medium ${ended ? 'text-muted' : ''}`}>{name}</p>
        <p className="truncate font-mono text-xs text-muted">{keyMark(apiKey)}</p>
      </div>
      <div className="min-w-0">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          aria-label={`${scopeText(apiKey.capabilities)} of ${name}`}
          className="inline-flex min-h-6 items-center gap-1 rounded-sm text-left hover:text-accent"
          onClick={onToggle}
        >
          {scopeText(apiKey.capabilities)}
          <ChevronDown
            size={14}
            aria-hidden="true"
            className={`shrink-0 text-faint transition-transform ${open ? 'rotate-180' : ''}`}
          />
        </button>
        {apiKey.mayActFor && (
          <p className="flex items-center gap-1.5 text-muted">
            <UserRoundCheck size={14} className="shrink-0" aria-hidden="true" />
            Acts for members
          </p>
        )}
      </div>
      <div className="min-w-0 text-muted">
        {!ended && <Narrow>Ends</Narrow>}
        <Ends apiKey={apiKey} />
      </div>
      <div className="min-w-0 text-muted">
        <Narrow>Last used</Narrow>
        {lastUsedAt === undefined ? (
          'Never'
        ) : (
          <>
            <Time at={lastUsedAt} />
            {lastUsedFrom !== undefined && (
              <span className="truncate text-faint lg:block"> from {lastUsedFrom}</span>
            )}
          </>
        )}
      </div>
      <div className="min-w-0 text-muted">
        <Narrow>Made by</Narrow>
        <span className="truncate">{apiKey.createdBy}</span>
        <span className="text-faint lg:block">
          {' '}
          <Time at={apiKey.createdAt} />
        </span>
      </div>
      <div className="flex justify-start gap-1.5 lg:justify-end">
        {!ended && (
          <Button
            look="quiet"
            icon={<RotateCw size={14} aria-hidden="true" />}
            aria-label={`New secret for ${name}`}
            className="max-lg:-ml-3"
            onClick={onRotate}
          >
            New secret
          </Button>
        )}
        {status !== 'revoked' && (
          <Button
            look="quiet"
            aria-label={`Revoke ${name}`}
            className="text-stop lg:-mr-3"
            onClick={onRevoke}
          >
            Revoke
          </Button>
        )}
      </div>
      {open && <Capabilities apiKey={apiKey} id={id} />}
    </li>
  );
}
