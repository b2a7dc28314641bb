import { useMutation } from '@tanstack/react-query';
import { api } from '../client/api.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { keepSession } from './session-query.ts';
import type { SessionView } from './session-view.ts';

interface TakeOverProps {
  session: SessionView;
  onClose: () => void;
}

/** Takes the lock from whoever holds it, with a reason. What they had typed is kept for them. */
export function TakeOver({ session, onClose }: TakeOverProps) {
  const holder = session.lock.holder ?? 'the other person';
  const take = useMutation({
    mutationFn: (reason: string) => api.onboarding.lock.mutate({ id: session.id, takeover: true, reason }),
    onSuccess: (answer) => {
      keepSession(answer);
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={`Take over from ${holder}?`}
      effect={`${holder} can read on but no longer change anything. What ${holder} has typed is kept and offered back. The audit log names you both.`}
      keep={`Let ${holder} go on`}
      deed="Take over now"
      pending={take.isPending}
      error={take.error}
      onClose={onClose}
      onSubmit={(reason) => take.mutate(reason)}
    />
  );
}
