import { useEffect } from 'react';
import { api } from '../client/api.ts';
import { startLive } from '../live/live-stream.ts';

/** Keeps the tab's one stream open while a workspace is shown. */
export function useLiveSession(): void {
  useEffect(
    () =>
      startLive((input, { onStarted, onData, onConnecting, onEnd }) => {
        const subscription = api.live.events.subscribe(input, {
          onStarted,
          onData,
          onConnectionStateChange: (state) => {
            if (state.state === 'connecting' && state.error !== null) onConnecting();
            if (state.state === 'pending') onStarted();
          },
          onError: onEnd,
          onComplete: onEnd,
        });
        return () => subscription.unsubscribe();
      }),
    [],
  );
}
