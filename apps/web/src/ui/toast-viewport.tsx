import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { onToasts, takeToasts } from './toasts.tsx';

function ToastList() {
  const { toasts, add } = Toast.useToastManager();
  const show = useEffectEvent(() => {
    for (const { title, description } of takeToasts()) add({ title, description, timeout: 6_000 });
  });
  useEffect(() => {
    show();
    return onToasts(() => show());
  }, []);
  return toasts.map((one) => (
    <Toast.Root
      key={one.id}
      toast={one}
      data-toast
      className="arriving panel flex items-start gap-3 px-4 py-3 shadow-pop data-ending-style:opacity-0"
    >
      <Toast.Content className="min-w-0 flex-1">
        <Toast.Title className="text-sm font-semibold" />
        <Toast.Description className="text-sm text-muted" />
      </Toast.Content>
      <Toast.Close
        aria-label="Dismiss"
        className="-mr-1 inline-flex size-6 items-center justify-center rounded-sm text-faint hover:text-ink"
      >
        <X size={15} aria-hidden="true" />
      </Toast.Close>
    </Toast.Root>
  ));
}

export function ToastViewport() {
  return (
    <Toast.Provider>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 grid w-88 max-w-[calc(100vw-2rem)] gap-2">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
