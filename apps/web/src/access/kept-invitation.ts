const place = 'signalbox.invitation';

/**
 * The secret of the invitation this tab was opened with, or null. It is taken out of the address bar at once, and kept
 * for this tab alone, so that signing in on the way does not lose it.
 */
export function takeInvitation(): string | null {
  const given = /^#([A-Za-z0-9_-]{20,128})$/.exec(location.hash)?.[1];
  if (given !== undefined) {
    sessionStorage.setItem(place, given);
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(place);
}

/** Forgets it: it was taken, or will never be. */
export function forgetInvitation(): void {
  sessionStorage.removeItem(place);
}

/** What signing in on the way to an invitation sends along; nothing on the way to any other page. */
export function invitationOnTheWay(next: string | undefined): { invitation?: string } {
  const kept = next === '/join' ? sessionStorage.getItem(place) : null;
  return kept === null ? {} : { invitation: kept };
}
