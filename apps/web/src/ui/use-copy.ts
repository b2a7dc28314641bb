import { useEffect, useState } from 'react';

/** Plain http on a remote host has no clipboard to write to; what a person asks for by hand can still be copied. */
function copyByHand(text: string): boolean {
  const give = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
  };
  document.addEventListener('copy', give, { once: true });
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', give);
  }
}

/** Copies text and says so for a moment; `copied` stays false where the browser refuses. */
export function useCopy(): { copied: boolean; copy: (text: string) => void } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_600);
    return () => clearTimeout(timer);
  }, [copied]);
  return {
    copied,
    copy: (text) => {
      if (navigator.clipboard === undefined) setCopied(copyByHand(text));
      else {
        navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => setCopied(copyByHand(text)),
        );
      }
    },
  };
}
