import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useLocation, useRouter } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, queryClient, selectWorkspace, trpc } from '../client/api.ts';
import { faultOf } from '../client/problem-model.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input } from '../ui/field.tsx';
import { fieldFaults } from '../ui/field-faults.ts';
import { useTitle } from '../ui/use-title.ts';
import { Wordmark } from '../ui/wordmark.tsx';
import { PasswordInput, passwordHelp } from './password-input.tsx';
import { TrackDiagram } from './track-diagram.tsx';

const empty = { workspaceName: '', username: '', email: '', password: '' };
const names = ['workspaceName', 'username', 'email', 'password'] as const;

function Closed({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="status" className="grid justify-items-center gap-3 py-2 text-center">
      <KeyRound size={24} className="text-faint" aria-hidden="true" />
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="text-muted">{children}</p>
      <Link to="/sign-in" className={`${buttonClass()} mt-1`}>
        To the sign-in
      </Link>
    </div>
  );
}

function SetUpForm({ secret }: { secret: string }) {
  const router = useRouter();
  const [typed, setTyped] = useState(empty);
  const setUp = useMutation({
    mutationFn: () => {
      selectWorkspace(null);
      return api.session.setUp.mutate({ ...typed, secret });
    },
    onSuccess: (me) => {
      queryClient.clear();
      // In the place of this page, so that the link is not left behind in the history.
      router.history.replace(`/w/${me.current.workspaceId}/overview`);
    },
  });
  const faults = fieldFaults(setUp.error, names);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!setUp.isPending) setUp.mutate();
  };
  const bind = (name: (typeof names)[number]) => ({
    name,
    required: true,
    value: typed[name],
    onChange: (event: { target: { value: string } }) => setTyped({ ...typed, [name]: event.target.value }),
  });
  if (faultOf(setUp.error).kind === 'not-found' && setUp.isError) return <UsedUp />;
  return (
    <form className="grid gap-4" onSubmit={submit}>
      <Field
        label="Workspace"
        help="Your company or team. Everything belongs to it."
        fault={faults.of.workspaceName}
      >
        {(ids) => <Input {...ids} {...bind('workspaceName')} maxLength={80} autoComplete="organization" />}
      </Field>
      <Field
        label="Username"
        help="Letters a to z, digits, and . _ - between them."
        fault={faults.of.username}
      >
        {(ids) => (
          <Input
            {...ids}
            {...bind('username')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <Field label="Email" help="Shown to other members. Nothing is sent there." fault={faults.of.email}>
        {(ids) => <Input {...ids} {...bind('email')} type="email" autoComplete="email" />}
      </Field>
      <Field label="Password" help={passwordHelp} fault={faults.of.password}>
        {(ids) => <PasswordInput {...ids} {...bind('password')} autoComplete="new-password" />}
      </Field>
      {setUp.isError && !faults.all && <FaultLine error={setUp.error} />}
      <Button type="submit" look="primary" size="large" pending={setUp.isPending}>
        Make the first owner
      </Button>
    </form>
  );
}

function UsedUp() {
  return (
    <Closed title="This link cannot be used">
      It was used, is older than a day, or the server was started again since. A start prints a new link, as
      long as there is nobody.
    </Closed>
  );
}

/** Makes the first owner of an installation, with the link its server prints at the start. */
export function SetUpPage() {
  useTitle('Set up');
  const secret = useLocation().hash;
  const options = useQuery(trpc.session.options.queryOptions({}, { retry: 1 }));
  return (
    <main className="relative isolate grid min-h-dvh place-items-center overflow-hidden px-4 py-10">
      <TrackDiagram />
      <div className="w-full max-w-104">
        <p className="mb-6">
          <Wordmark large />
        </p>
        <div className="panel grid gap-5 p-6 shadow-pop">
          <h1 className="text-lg font-semibold">Set up Signalbox</h1>
          {options.data?.setupNeeded === false ? (
            <Closed title="This is set up already">
              Somebody is the owner here. Sign in, or ask them for an invitation.
            </Closed>
          ) : secret === '' ? (
            <Closed title="The link is needed">
              Open the whole link that the server printed at its start, with what stands behind #.
            </Closed>
          ) : (
            <SetUpForm secret={secret} />
          )}
        </div>
      </div>
    </main>
  );
}
