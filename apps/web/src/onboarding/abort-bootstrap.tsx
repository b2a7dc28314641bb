import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../client/api.ts';
import { ActionButton } from '../run/action-button.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import type { BootstrapView } from './session-view.ts';
import type { Wizard } from './use-wizard.ts';

/** Stops what of a bootstrap still waits, with a reason. */
export function AbortBootstrap({ wizard, bootstrap }: { wizard: Wizard; bootstrap: BootstrapView }) {
  const [asking, setAsking] = useState(false);
  const abort = useMutation({
    mutationFn: (reason: string) => api.onboarding.abortBootstrap.mutate({ id: wizard.session.id, reason }),
    onSuccess: () => setAsking(false),
    onSettled: wizard.reread,
  });
  return (
    <>
      <ActionButton refused={bootstrap.abortRefused ?? null} onClick={() => setAsking(true)}>
        Stop the rest
      </ActionButton>
      {asking && (
        <ReasonDialog
          title="Stop the rest of the bootstrap?"
          effect="Operations that still wait are not started. One that is under way goes on; cancel its run to stop it. The onboarding stays at this step, and can be started again."
          keep="Let it go on"
          deed="Stop the rest"
          pending={abort.isPending}
          error={abort.error}
          onClose={() => setAsking(false)}
          onSubmit={(reason) => abort.mutate(reason)}
        />
      )}
    </>
  );
}
