import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter } from '@tanstack/react-router';
import { Building2, Gauge, LogOut, Plus, UserCog } from 'lucide-react';
import type { ReactElement } from 'react';
import { meQuery } from '../access/session.ts';
import { useSignOut } from '../access/use-sign-out.ts';
import { changePreferences, usePreferences } from '../preferences/use-preferences.ts';
import { Menu, MenuChoice, MenuItem, MenuLine, MenuText } from '../ui/menu.tsx';
import { inOtherWorkspace } from './other-workspace.ts';
import { showOverlay } from './overlays.ts';

interface MenuProps {
  trigger: ReactElement<Record<string, unknown>>;
}

/** How the console looks in this browser. */
export function PreferencesMenu({ trigger }: MenuProps) {
  const { theme, density, time, keys } = usePreferences();
  return (
    <Menu trigger={trigger}>
      <MenuChoice
        label="Theme"
        value={theme}
        choices={{ system: 'As the system', light: 'Light', dark: 'Dark' }}
        onChange={(next) => changePreferences({ theme: next })}
      />
      <MenuLine />
      <MenuChoice
        label="Rows"
        value={density}
        choices={{ comfortable: 'Comfortable', compact: 'Compact' }}
        onChange={(next) => changePreferences({ density: next })}
      />
      <MenuLine />
      <MenuChoice
        label="Times"
        value={time}
        choices={{ relative: 'Relative', local: 'Local', utc: 'UTC' }}
        onChange={(next) => changePreferences({ time: next })}
      />
      <MenuLine />
      <MenuChoice
        label="Single-letter shortcuts"
        value={keys}
        choices={{ on: 'On', off: 'Off' }}
        onChange={(next) => changePreferences({ keys: next })}
      />
    </Menu>
  );
}

/** Who is signed in, and the way out. */
export function UserMenu({ trigger }: MenuProps) {
  const router = useRouter();
  const { ws } = useParams({ from: '/w/$ws' });
  const { data } = useQuery(meQuery());
  const signOut = useSignOut();
  return (
    <Menu trigger={trigger}>
      <MenuText>
        <div className="text-sm font-medium">{data?.user.username}</div>
        <div className="text-sm text-muted">
          {data?.current.role} of {data?.current.workspaceId}
        </div>
      </MenuText>
      <MenuLine />
      <MenuItem
        icon={<UserCog size={15} aria-hidden="true" />}
        onClick={() => void router.navigate({ to: '/w/$ws/account', params: { ws } })}
      >
        Account
      </MenuItem>
      <MenuItem icon={<LogOut size={15} aria-hidden="true" />} onClick={() => signOut.mutate()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

/** The other workspaces one is a member of, and the way to one more. */
export function WorkspaceMenu({ trigger }: MenuProps) {
  const router = useRouter();
  const { ws } = useParams({ from: '/w/$ws' });
  const { data } = useQuery(meQuery());
  const others = data?.workspaces.filter(({ id }) => id !== ws) ?? [];
  return (
    <Menu trigger={trigger} align="start">
      {others.map(({ id, name, role }) => (
        <MenuItem
          key={id}
          icon={<Building2 size={15} aria-hidden="true" />}
          onClick={() => router.history.push(inOtherWorkspace(location.pathname, id))}
        >
          <span className="max-w-64 truncate">{name}</span> <span className="text-faint">{role}</span>
        </MenuItem>
      ))}
      {others.length > 0 && <MenuLine />}
      <MenuItem
        icon={<Gauge size={15} aria-hidden="true" />}
        onClick={() => void router.navigate({ to: '/w/$ws/usage', params: { ws } })}
      >
        Usage and tier
      </MenuItem>
      <MenuItem icon={<Plus size={15} aria-hidden="true" />} onClick={() => showOverlay('workspace')}>
        New workspace…
      </MenuItem>
    </Menu>
  );
}
