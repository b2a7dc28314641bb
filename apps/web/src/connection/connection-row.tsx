import type { UsedConnection } from '@signalbox/contracts/connection/connection';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { HolderLink } from '../gate/holder-link.tsx';
import { Duration, Time } from '../ui/time.tsx';
import { consentWord, credentialWord, Health } from './health.tsx';
import { ThrottleLeft } from './throttle-left.tsx';

/** How the columns of the list share the width. */
export const connectionColumns =
  'lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)_minmax(0,1.5fr)_minmax(0,1.2fr)_8.5rem_auto] lg:items-center lg:gap-x-6';

interface ConnectionRowProps {
  connection: UsedConnection;
  ws: string;
  /** What can be done with it from the list. */
  actions?: ReactNode;
}

/** Who works through the connection now, or why nobody can for a while. */
function Use({ connection, ws }: { connection: UsedConnection; ws: string }) {
  const { holder, throttledUntil } = connection;
  return (
    <span className="grid text-sm">
      {holder === undefined ? (
        throttledUntil === undefined && <span className="text-muted">Free</span>
      ) : (
        <span className="text-muted">
          <HolderLink holder={holder} ws={ws} begins /> for <Duration from={holder.since} to={null} />
        </span>
      )}
      {throttledUntil !== undefined && <ThrottleLeft until={throttledUntil} />}
    </span>
  );
}

/** The state of a connection in a few words, beside its health. */
function stateOf(connection: UsedConnection): string {
  const { healthReason, consent, credential, tenant } = connection;
  if (healthReason !== undefined) return healthReason.label;
  // Only where a tenant is reached does somebody there have to consent.
  if (credential !== 'present' || tenant === undefined) return `Credential ${credentialWord(credential)}`;
  return `Consent ${consentWord(consent)}`;
}

/** A connection in the list: whether it works, since when that is known, and who uses it now. */
export function ConnectionRow({ connection, ws, actions }: ConnectionRowProps) {
  const { id, label, isDefault, tenant, enabled, health, checkedAt } = connection;
  return (
    <li
      className={`relative grid gap-y-1 px-4 py-2.5 hover:bg-hover max-lg:grid-cols-[minmax(0,1fr)_auto] max-lg:gap-x-4 ${connectionColumns}`}
    >
      <span className="flex min-w-0 items-baseline gap-2 max-lg:col-span-2">
        <Link
          to="/w/$ws/connections/$connectionId"
          params={{ ws, connectionId: String(id) }}
          className="min-w-0 truncate font-medium after:absolute after:inset-0"
        >
          {label}
        </Link>
        {isDefault && <span className="text-xs text-faint">default</span>}
      </span>
      <span className="truncate text-muted max-lg:text-sm">{tenant?.name ?? 'The workspace'}</span>
      <span className="flex min-w-0 flex-wrap items-center gap-x-3 max-lg:justify-self-end lg:grid">
        {enabled ? <Health health={health} /> : <span className="text-faint">Disabled</span>}
        <span className="truncate text-sm text-muted max-lg:hidden">{stateOf(connection)}</span>
      </span>
      <Use connection={connection} ws={ws} />
      <span className="text-sm text-muted max-lg:justify-self-end">
        {checkedAt === undefined ? (
          'Never checked'
        ) : (
          <>
            <span className="lg:sr-only">Checked </span>
            <Time at={checkedAt} />
          </>
        )}
      </span>
      <span className="relative z-1 empty:hidden max-lg:col-span-2 lg:justify-self-end">{actions}</span>
    </li>
  );
}
