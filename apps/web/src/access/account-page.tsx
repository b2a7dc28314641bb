import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Page } from '../ui/page.tsx';
import { PasswordSection } from './password-section.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';
import { meQuery } from './session.ts';
import { SessionsSection } from './sessions-section.tsx';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 gap-0.5">
      <dt className="eyebrow">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

/** One's own account, the same in every workspace: who one is, how one signs in, and where one is signed in. */
export function AccountPage() {
  const { data: me } = useQuery(meQuery());
  return (
    <Page title="Account">
      {me !== undefined && (
        <>
          <dl className="panel grid grid-cols-[repeat(auto-fit,minmax(min(12rem,100%),1fr))] gap-x-6 gap-y-4 p-5">
            <Fact label="Username">{me.user.username}</Fact>
            <Fact label="Email">{me.user.email ?? 'None'}</Fact>
            <Fact label="Workspaces">
              {me.workspaces.map(({ name, role }) => `${name} (${role})`).join(', ')}
            </Fact>
          </dl>
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <div className="grid min-w-0 gap-4">
              <SecondFactorSection username={me.user.username} />
              <PasswordSection username={me.user.username} />
            </div>
            <SessionsSection />
          </div>
        </>
      )}
    </Page>
  );
}
