import type { Connection } from '@signalbox/contracts/connection/connection';
import { useCan } from '../access/session.ts';
import { ActionButton } from '../run/action-button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { toast } from '../ui/toasts.tsx';
import { lackingManage } from './connection-model.ts';
import { useConnectionDeeds } from './use-connection-deeds.ts';

interface MakeDefaultProps {
  connection: Connection;
  size?: 'small' | 'plain';
}

/** Lets starts that name no connection go through this one. */
export function MakeDefault({ connection, size = 'plain' }: MakeDefaultProps) {
  const { id, label, isDefault, enabled } = connection;
  const may = useCan('connection.manage');
  const { makeDefault } = useConnectionDeeds(id);
  const impossible = isDefault ? 'It is the default.' : enabled ? null : 'Enable it first.';
  const told = () => toast('Default changed', `Starts that name no connection go through ${label}.`);
  return (
    <>
      <ActionButton
        size={size}
        aria-label={`Make default: ${label}`}
        refused={may ? impossible : lackingManage}
        pending={makeDefault.isPending}
        onClick={() => makeDefault.mutate(undefined, { onSuccess: told })}
      >
        Make default
      </ActionButton>
      {makeDefault.isError && <FaultLine error={makeDefault.error} />}
    </>
  );
}
