import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api, queryClient, selectWorkspace, trpc } from '../client/api.ts';
import { problemOf } from '../client/problem-model.ts';
import { Button } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Wordmark } from '../ui/wordmark.tsx';
import { CodeFault, CodeField, typedCode } from './code-field.tsx';
import { DemoAccounts } from './demo-accounts.tsx';
import { forgetInvitation, invitationOnTheWay } from './kept-invitation.ts';
import { safeNext } from './next-model.ts';
import { SetupNeeded } from './setup-needed.tsx';
import { TrackDiagram } from './track-diagram.tsx';

const route = getRouteApi('/sign-in');
const nobody: Credentials = { username: '', password: '' };

function isCodeMissing(error: unknown): boolean {
  return problemOf(error)?.code === 'mfa_required';
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly mfaCode?: string;
}

/** Why nobody was signed in. */
function PasswordFault({ error }: { error: unknown }) {
  if (problemOf(error)?.code !== 'sign_in_refused') return <FaultLine error={error} />;
  return (
    <p role="alert" className="rounded-md border border-stop bg-stop-soft px-3 py-2 text-sm">
      <strong className="font-semibold">Sign-in refused.</strong> The username or the password is wrong.
    </p>
  );
}

interface PasswordStepProps {
  typed: Credentials;
  onType: (typed: Credentials) => void;
}

function PasswordStep({ typed, onType }: PasswordStepProps) {
  return (
    <>
      <Field label="Username">
        {(ids) => (
          <Input
            {...ids}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={typed.username}
            onChange={(event) => onType({ ...typed, username: event.target.value })}
          />
        )}
      </Field>
      <Field label="Password">
        {(ids) => (
          <Input
            {...ids}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            value={typed.password}
            onChange={(event) => onType({ ...typed, password: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

/** Sign-in: the form, then a code where the account has a second factor; on a demo its accounts, one click each. */
export function SignInPage() {
  useTitle('Sign in');
  const router = useRouter();
  const { next } = route.useSearch();
  const [typed, setTyped] = useState<Credentials>(nobody);
  /** Whose password was right and whose code is missing. */
  const [codeFor, setCodeFor] = useState<Credentials | null>(null);
  const [code, setCode] = useState('');
  const options = useQuery(trpc.session.options.queryOptions({}, { retry: 1 }));
  const signIn = useMutation({
    mutationFn: (credentials: Credentials) => {
      selectWorkspace(null);
      return api.session.signIn.mutate({ ...credentials, ...invitationOnTheWay(next) });
    },
    onError: (error, { username, password }) => {
      setCode('');
      if (isCodeMissing(error)) setCodeFor({ username, password });
    },
    onSuccess: ({ current }) => {
      queryClient.clear();
      // Who came by an invitation has joined with it.
      if (next === '/join') forgetInvitation();
      router.history.push(next === '/join' ? `/w/${current.workspaceId}/overview` : safeNext(next));
    },
  });
  const codeMissing = isCodeMissing(signIn.error);
  const startAgain = () => {
    setCodeFor(null);
    setTyped(nobody);
    signIn.reset();
  };
  const accounts = options.data?.accounts ?? [];

  return (
    <main className="relative isolate grid min-h-dvh place-items-center overflow-hidden px-4 py-10">
      <TrackDiagram />
      <div className="w-full max-w-104">
        <h1 className="mb-6">
          <Wordmark large />
        </h1>
        <div className="panel grid gap-5 p-6 shadow-pop">
          {options.data?.setupNeeded === true && <SetupNeeded />}
          <form
            className="grid gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (!signIn.isPending)
                signIn.mutate(codeFor === null ? typed : { ...codeFor, mfaCode: typedCode(code) });
            }}
          >
            {codeFor === null ? (
              <PasswordStep typed={typed} onType={setTyped} />
            ) : (
              <>
                <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                  <p>
                    Signing in as <strong className="font-semibold">{codeFor.username}</strong>
                  </p>
                  <button type="button" className="link min-h-6 text-sm" onClick={startAgain}>
                    Not you?
                  </button>
                </div>
                <CodeField value={code} onChange={setCode} />
              </>
            )}
            {signIn.isError && codeFor === null && <PasswordFault error={signIn.error} />}
            {signIn.isError && codeFor !== null && !codeMissing && <CodeFault error={signIn.error} />}
            <Button type="submit" look="primary" size="large" pending={signIn.isPending}>
              Sign in
            </Button>
          </form>
          {accounts.length > 0 && codeFor === null && (
            <DemoAccounts
              accounts={accounts}
              busy={signIn.isPending}
              onChoose={(one) => signIn.mutate(one)}
            />
          )}
        </div>
        <p className="mt-5 text-center text-sm text-faint">One train at a time into each block of track.</p>
      </div>
    </main>
  );
}
