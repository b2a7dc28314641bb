/** How long after their last move a person counts as being there, ms. */
const attendedMs = 120_000;

let movedAt = Date.now();

/** Notices that somebody is there. Listens for nothing in particular and keeps nothing but the time. */
export function watchAttendance(): void {
  const note = () => {
    movedAt = Date.now();
  };
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'focus']) {
    addEventListener(kind, note, { capture: true, passive: true });
  }
}

/** Whether what the page asks now it asks by itself: such questions do not keep a session alive. */
export function isUnattended(now = Date.now()): boolean {
  return now - movedAt > attendedMs;
}
