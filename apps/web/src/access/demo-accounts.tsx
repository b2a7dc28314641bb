import type { Role } from '@signalbox/domain/access/capabilities';
import { ArrowRight } from 'lucide-react';
import type { Credentials } from './sign-in-page.tsx';

/** What a role may do, in a few words. */
const mayDo: Record<Role, string> = {
  viewer: 'looks, changes nothing',
  operator: 'starts, cancels, retries',
  manager: 'also manages connections',
  owner: 'may do everything',
};

interface DemoAccount {
  username: string;
  role: Role;
  workspaceId: string;
  password?: string | undefined;
}

interface DemoAccountsProps {
  accounts: DemoAccount[];
  busy: boolean;
  onChoose: (credentials: Credentials) => void;
}

/** The accounts of a demo; each signs in with one click. */
export function DemoAccounts({ accounts, busy, onChoose }: DemoAccountsProps) {
  return (
    <section aria-labelledby="demo-accounts" className="border-t border-line pt-4">
      <h2 id="demo-accounts" className="eyebrow mb-2">
        This is a demo. Sign in as
      </h2>
      <ul className="-mx-2 grid">
        {accounts.map(({ username, role, workspaceId, password }) => (
          <li key={username}>
            <button
              type="button"
              disabled={busy || password === undefined}
              onClick={() => onChoose({ username, password: password ?? '' })}
              className="group grid w-full grid-cols-[5.5rem_1fr_auto] items-center gap-3 rounded-md px-2 py-1.5 text-left hover:bg-hover"
            >
              <span className="font-medium">{username}</span>
              <span className="min-w-0 text-sm text-muted">
                <span className="font-medium">{role}</span>, {mayDo[role]}
                <span className="block font-mono text-xs text-faint">{workspaceId}</span>
              </span>
              <ArrowRight
                size={16}
                aria-hidden="true"
                className="text-faint opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
              />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
