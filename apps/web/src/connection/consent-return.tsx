import type { ConnectionDetail } from '@signalbox/contracts/connection/connection';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { trpc } from '../client/api.ts';
import { IconButton } from '../ui/button.tsx';
import type { ConnectionSearch } from './connection-search.ts';

type Outcome = NonNullable<ConnectionSearch['consent']>;

const words: Record<Outcome, { title: string; text: string }> = {
  granted: {
    title: 'The administrator agreed',
    text: 'A check finds out what was really granted; what it finds will stand below.',
  },
  refused: {
    title: 'The administrator did not agree',
    text: 'Nothing has changed. Ask them why, then try again.',
  },
  tenant_mismatch: {
    title: 'Consent was given in another tenant',
    text: 'Whoever agreed was signed in to another tenant than this connection is for. Nothing has changed here; have it granted by an administrator of the right one.',
  },
  not_allowed: {
    title: 'Whoever asked for consent may no longer change this connection',
    text: 'Nothing has changed. Somebody who holds connection.manage has to ask again.',
  },
  failed: {
    title: 'The provider did not finish',
    text: 'Nothing has changed. Try again; if it stays so, look whether the application and its redirect address are known at the provider.',
  },
};

interface ConsentReturnProps {
  outcome: Outcome;
  ws: string;
  tenant: ConnectionDetail['tenant'];
  onDismiss: () => void;
}

/** What came of the way to the provider's page, told once: putting it away takes it out of the address. */
export function ConsentReturn({ outcome, ws, tenant, onDismiss }: ConsentReturnProps) {
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => notice.current?.focus(), []);
  const { title, text } = words[outcome];
  const good = outcome === 'granted';
  return (
    <div
      ref={notice}
      role="status"
      tabIndex={-1}
      className={`grid grid-cols-[1.25rem_minmax(0,1fr)_auto] gap-x-3 rounded-lg border px-4 py-3 outline-none ${good ? 'border-clear bg-clear-soft' : 'border-caution bg-caution-soft'}`}
    >
      {good ? (
        <CircleCheck size={18} className="mt-0.5 text-clear" aria-hidden="true" />
      ) : (
        <TriangleAlert size={18} className="mt-0.5 text-caution" aria-hidden="true" />
      )}
      <p className="min-w-0">
        <strong className="block font-semibold">{title}</strong>
        {text}
        {tenant !== undefined && <BackToOnboarding ws={ws} tenant={tenant} />}
      </p>
      <IconButton label="Put this away" onClick={onDismiss}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

/** Consent is mostly asked for while a tenant is onboarded: whoever came from there is led back. */
function BackToOnboarding({ ws, tenant }: { ws: string; tenant: { id: number; name: string } }) {
  const query = useQuery(trpc.onboarding.list.queryOptions({ tenantId: tenant.id, limit: 1 }));
  const newest = query.data?.items[0];
  if (newest?.status !== 'draft' && newest?.status !== 'in_progress') return null;
  return (
    <Link
      to="/w/$ws/onboarding/$tenantId"
      params={{ ws, tenantId: String(tenant.id) }}
      className="link mt-1 block w-fit"
    >
      Back to the onboarding of {tenant.name}
    </Link>
  );
}
