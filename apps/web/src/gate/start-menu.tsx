import { isOperation, operationRule } from '@signalbox/domain/operation/registry';
import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { trpc } from '../client/api.ts';
import { groupOperations } from '../operation/operation-list.ts';
import { Menu, MenuGroup, MenuItem, MenuText } from '../ui/menu.tsx';
import type { StartTarget } from './start-button.tsx';

interface StartMenuProps {
  trigger: ReactElement<Record<string, unknown>>;
  given: StartTarget;
}

/** What can be started on a tenant or over a connection. Each leads to the start form, filled so far. */
export function StartMenu({ trigger, given: { surface, tenantId, connectionId } }: StartMenuProps) {
  const router = useRouter();
  const { ws } = useParams({ from: '/w/$ws' });
  const operations = useQuery(trpc.operation.list.queryOptions({}, { staleTime: 60_000 }));
  const offered = operations.data?.items.filter(
    ({ name }) => isOperation(name) && operationRule(name).surfaces.includes(surface),
  );
  const start = (operation: string) =>
    void router.navigate({
      to: '/w/$ws/start',
      params: { ws },
      search: {
        operation,
        ...(tenantId !== undefined && { tenant: String(tenantId) }),
        ...(connectionId !== undefined && { connection: String(connectionId) }),
      },
    });
  return (
    <Menu trigger={trigger}>
      {offered === undefined && <MenuText>{operations.isError ? 'No answer came.' : 'Asking…'}</MenuText>}
      {groupOperations(offered ?? [], []).map(({ value, items }) => (
        <MenuGroup key={value} label={value}>
          {items.map(({ name, label, allowed, capability }) => (
            <MenuItem key={name} refused={allowed ? null : `Needs ${capability}`} onClick={() => start(name)}>
              {label}
            </MenuItem>
          ))}
        </MenuGroup>
      ))}
    </Menu>
  );
}
