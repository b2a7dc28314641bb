import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** For what is written line by line. */
  wide?: boolean;
  children: ReactNode;
}

/** A question that must be answered before going on. Escape and the safe button close it without a deed. */
export function Dialog({ open, onClose, title, wide = false, children }: DialogProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <AlertDialog.Popup
          className={`arriving panel fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] ${wide ? 'w-160' : 'w-112'} max-w-[calc(100vw-2rem)] -translate-1/2 overflow-auto p-5 shadow-pop outline-none`}
        >
          <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
          <div className="mt-2 grid gap-4">{children}</div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
