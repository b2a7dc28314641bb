import { useMutation, useQuery } from '@tanstack/react-query';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { lazy, Suspense, useId, useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { faultOf, problemOf } from '../client/problem-model.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { toast } from '../ui/toasts.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

const EnrolDialog = lazy(async () => ({ default: (await import('./enrol-dialog.tsx')).EnrolDialog }));
const DisableFactorDialog = lazy(async () => ({
  default: (await import('./disable-factor-dialog.tsx')).DisableFactorDialog,
}));

const again = () =>
  Promise.all(
    [trpc.account.secondFactor.queryKey(), trpc.account.sessions.queryKey()].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );

/** Below this many recovery codes it is time for new ones. */
const fewCodes = 3;

function codesLeft(count: number): string {
  if (count === 0) return 'No recovery code is left: make new ones now.';
  const said = count === 1 ? 'One recovery code is left' : `${count} recovery codes are left`;
  return count < fewCodes ? `${said}: make new ones soon.` : `${said}.`;
}

/** Whether sign-in asks for a code too, and what one can do about it. */
export function SecondFactorSection({ username }: { username: string }) {
  const id = useId();
  const [open, setOpen] = useState<'enrol' | 'disable' | null>(null);
  const { data, ...query } = useQuery(trpc.account.secondFactor.queryOptions({}));
  const replace = useMutation({
    mutationFn: () => api.account.replaceRecoveryCodes.mutate({}),
    onSuccess: again,
    onError: (error) => {
      // Who did not want to give a code has been told enough.
      if (problemOf(error)?.code !== 'step_up_required') toast('The old codes stay', faultOf(error).detail);
    },
  });
  const Sign = data?.enabled === true ? ShieldCheck : ShieldAlert;
  return (
    <section aria-labelledby={id} className="panel min-w-0">
      <h2 id={id} className="border-b border-line px-4 py-2.5 text-base font-semibold">
        Second factor
      </h2>
      {query.isError && (
        <div className="p-3">
          <FaultLine error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isPending && <SkeletonRows rows={2} />}
      {data !== undefined && (
        <div className="grid gap-4 p-4">
          <div className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3">
            <Sign
              size={18}
              className={data.enabled ? 'mt-0.5 text-clear' : 'mt-0.5 text-faint'}
              aria-hidden="true"
            />
            <div className="grid gap-0.5">
              <p className="font-medium">{data.enabled ? 'Enabled' : 'Not enabled'}</p>
              {data.enabled ? (
                <p className="text-sm text-muted">
                  {data.enabledAt !== null && (
                    <>
                      Since <Time at={data.enabledAt} />.{' '}
                    </>
                  )}
                  {codesLeft(data.recoveryCodesLeft)}
                </p>
              ) : (
                <p className="text-sm text-muted">
                  With a code of an authenticator app, a stolen password alone lets nobody in.
                </p>
              )}
            </div>
          </div>
          <div className="flex flex-wrap gap-2">
            {data.enabled ? (
              <>
                <Button pending={replace.isPending} onClick={() => replace.mutate()}>
                  New recovery codes
                </Button>
                <Button look="danger" onClick={() => setOpen('disable')}>
                  Disable
                </Button>
              </>
            ) : (
              <Button look="primary" onClick={() => setOpen('enrol')}>
                Enrol a second factor
              </Button>
            )}
          </div>
        </div>
      )}
      {replace.data !== undefined && (
        <Dialog open onClose={() => {}} title="New recovery codes">
          <RecoveryCodes codes={replace.data.recoveryCodes} username={username} onDone={replace.reset} />
        </Dialog>
      )}
      <Suspense>
        {open === 'enrol' && (
          <EnrolDialog username={username} onClose={() => setOpen(null)} onEnabled={() => void again()} />
        )}
        {open === 'disable' && (
          <DisableFactorDialog
            username={username}
            onClose={() => setOpen(null)}
            onDisabled={() => {
              setOpen(null);
              void again();
            }}
          />
        )}
      </Suspense>
    </section>
  );
}
