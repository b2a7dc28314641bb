import { sessionCookies } from './access/session-cookie.ts';

/** What is known once the API answers. */
export interface Started {
  /** Where it listens. */
  readonly url: string;
  readonly host: string;
  readonly demo: boolean;
  readonly publicOrigin: string | undefined;
  readonly setupSecret: string | null;
}

/**
 * What a start tells the person at the terminal, or nothing. The secret stands behind `#`, where a browser keeps it:
 * no request carries it, so no log of a server or a proxy can hold it.
 */
export function startLines(started: Started): string {
  const { url, setupSecret, publicOrigin } = started;
  if (!sessionCookies(started).allowed) {
    const why = 'Nobody can sign in to the console here: it is not on this machine alone and not on https.';
    return `${why} Put https in front and set SIGNALBOX_PUBLIC_ORIGIN to that address.\n`;
  }
  if (setupSecret === null) return '';
  const origin = publicOrigin ?? url.replace('//127.0.0.1:', '//localhost:');
  return `Open ${origin}/setup#${setupSecret} to make the first owner\n`;
}
