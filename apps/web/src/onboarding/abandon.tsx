import { useMutation } from '@tanstack/react-query';
import { ReasonDialog } from './reason-dialog.tsx';
import { keepSession } from './session-query.ts';
import type { SessionView } from './session-view.ts';
import type { Wizard } from './use-wizard.ts';

/** Ends a session that leads nowhere, with a reason. The tenant and its evidence stay. */
export function Abandon({ wizard, onClose }: { wizard: Wizard; onClose: () => void }) {
  const { session } = wizard;
  const end = useMutation({
    mutationFn: (reason: string): Promise<SessionView> => wizard.abandon(reason),
    onSuccess: (answer) => {
      keepSession(answer);
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={`Abandon the onboarding of ${session.tenant.name}?`}
      effect="The session ends and cannot be taken up again. The tenant, its connection and all evidence stay, and a new session can be opened at any time."
      keep="Keep it"
      deed="Abandon it"
      pending={end.isPending}
      error={end.error}
      onClose={onClose}
      onSubmit={(reason) => end.mutate(reason)}
    />
  );
}
