import { useEffect } from 'react';
import { api, queryClient } from '../client/api.ts';
import { faultOf } from '../client/problem-model.ts';
import { startLive } from '../live/live-stream.ts';

/**
 * A stream that ends does not say why. When the reason is that the session has ended, perhaps in another tab, what the
 * page shows is asked for again, and the first answer leads to the sign-in page.
 */
async function askWhetherSignedIn(): Promise<void> {
  try {
    await api.session.me.query({});
  } catch (error) {
    if (faultOf(error).kind === 'signed-out') await queryClient.refetchQueries({ type: 'active' });
  }
}

/** Keeps the tab's one stream open while a workspace is shown. */
export function useLiveSession(): void {
  useEffect(
    () =>
      startLive((input, { onStarted, onData, onConnecting, onEnd }) => {
        let left = false;
        const ended = () => {
          if (left) return;
          onEnd();
          void askWhetherSignedIn();
        };
        const subscription = api.live.events.subscribe(input, {
          onStarted,
          onData,
          onConnectionStateChange: (state) => {
            if (state.state === 'connecting' && state.error !== null) onConnecting();
            if (state.state === 'pending') onStarted();
          },
          onError: ended,
          onComplete: ended,
        });
        return () => {
          left = true;
          subscription.unsubscribe();
        };
      }),
    [],
  );
}
