import { operationRule } from '@signalbox/domain/operation/registry';
import { Link } from '@tanstack/react-router';
import { RefreshCw } from 'lucide-react';
import { useCan } from '../access/session.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { Notice } from '../ui/notice.tsx';
import { type SyncOf, syncs } from './sync-of.ts';
import type { TenantPart } from './tenant-page-search.ts';

interface SyncStartProps {
  sync: SyncOf;
  tenantId: number;
  ws: string;
  look?: 'plain' | 'primary';
}

/** Leads to the start form of a sync, filled in; who may not start it reads what they lack. */
export function SyncStart({ sync, tenantId, ws, look = 'plain' }: SyncStartProps) {
  const { operation } = sync;
  const { label, capability } = operationRule(operation);
  const may = useCan(capability);
  const icon = <RefreshCw size={14} aria-hidden="true" />;
  if (!may) {
    return (
      <Button icon={icon} refused={`You lack the capability ${capability}.`}>
        {label}
      </Button>
    );
  }
  return (
    <Link
      to="/w/$ws/start"
      params={{ ws }}
      search={{ operation, tenant: String(tenantId) }}
      className={buttonClass(look)}
    >
      {icon}
      {label}
    </Link>
  );
}

/** A part that nothing was read for yet: what it is, the sync that fills it, and the same for a shell. */
export function SyncOffer({ part, tenantId, ws }: { part: TenantPart; tenantId: number; ws: string }) {
  const sync = syncs[part];
  const { operation } = sync;
  return (
    <Notice
      title={`No ${sync.things} yet`}
      actions={
        <>
          <SyncStart sync={sync} tenantId={tenantId} ws={ws} look="primary" />
          <CopyAs
            call={() => ({ method: 'POST', path: '/v1/runs', body: { operation, tenantId }, keyed: true })}
          />
        </>
      }
    >
      {sync.about}
    </Notice>
  );
}
