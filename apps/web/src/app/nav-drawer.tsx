import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { IconButton } from '../ui/button.tsx';
import { Wordmark } from '../ui/wordmark.tsx';
import { PlacesNav } from './places-nav.tsx';

/** The navigation on a narrow screen: a drawer from the left. */
export function NavDrawer({ ws, onClose }: { ws: string; onClose: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          aria-label="Menu"
          className="arriving fixed inset-y-0 left-0 z-50 flex w-64 max-w-[calc(100vw-3rem)] flex-col overflow-y-auto border-r border-line bg-surface shadow-pop outline-none"
        >
          <div className="flex h-14 shrink-0 items-center justify-between pr-3 pl-5">
            <Wordmark />
            <Dialog.Close
              render={
                <IconButton label="Close the menu">
                  <X size={18} aria-hidden="true" />
                </IconButton>
              }
            />
          </div>
          <nav aria-label="Main" className="flex flex-1 flex-col">
            <PlacesNav ws={ws} onChosen={onClose} />
          </nav>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
