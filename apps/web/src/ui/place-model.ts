export interface Place {
  readonly left: number;
  readonly top: number;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const gap = 6;
const margin = 8;

/** Where a small box goes beside its anchor: above, else below, and never over the edge of the screen. */
export function placeBeside(
  anchor: Box,
  box: { readonly width: number; readonly height: number },
  screen: { readonly width: number; readonly height: number },
): Place {
  const above = anchor.top - gap - box.height;
  const middle = anchor.left + anchor.width / 2 - box.width / 2;
  const left = Math.max(margin, Math.min(middle, screen.width - margin - box.width));
  return { left, top: above >= margin ? above : anchor.top + anchor.height + gap };
}
