import { useMutation } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, queryClient, selectWorkspace } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input } from '../ui/field.tsx';
import { forgetInvitation } from './kept-invitation.ts';

/** Makes an account for somebody new and joins with it. */
export function JoinForm({ secret, email: meantFor }: { secret: string; email: string }) {
  const router = useRouter();
  const [username, setUsername] = useState('');
  const [email, setEmail] = useState(meantFor);
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: () => {
      selectWorkspace(null);
      return api.invitation.accept.mutate({ secret, username, email: email.trim(), password });
    },
    onSuccess: ({ current }) => {
      forgetInvitation();
      queryClient.clear();
      void router.navigate({ to: '/w/$ws/overview', params: { ws: current.workspaceId } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!accept.isPending) accept.mutate();
  };
  return (
    <>
      <form onSubmit={submit} className="grid gap-4">
        <Field label="Username" help="Letters a to z, digits, and single . _ or - between them.">
          {(ids) => (
            <Input
              {...ids}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              maxLength={64}
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          )}
        </Field>
        <Field label="Email">
          {(ids) => (
            <Input
              {...ids}
              name="email"
              type="email"
              autoComplete="email"
              required
              maxLength={254}
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Password"
          help="At least 12 characters. A few words that only you put together do well."
        >
          {(ids) => (
            <Input
              {...ids}
              name="password"
              type="password"
              autoComplete="new-password"
              required
              maxLength={1_024}
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        {accept.isError && <FaultLine error={accept.error} />}
        <Button type="submit" look="primary" size="large" pending={accept.isPending}>
          Make the account and join
        </Button>
      </form>
      <p className="border-t border-line pt-4 text-sm text-muted">
        You have an account?{' '}
        <Link
          to="/sign-in"
          search={{ next: '/join' }}
          className="inline-flex min-h-6 items-center font-medium text-accent hover:underline"
        >
          Sign in and join with it
        </Link>
      </p>
    </>
  );
}
