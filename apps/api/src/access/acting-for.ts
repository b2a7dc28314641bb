import type { IncomingHttpHeaders } from 'node:http';
import { foldUsername } from '@signalbox/domain/access/username';
import { AppError } from '@signalbox/domain/error/app-error';

/**
 * The username a key asks to act for, or null when no header names one. A header that was sent twice arrives as one
 * list, which is nobody's name.
 * @throws AppError invalid_input when the two headers name different people
 */
export function actingFor(headers: IncomingHttpHeaders): string | null {
  const named = [headers['x-user-id'], headers['x-actor']]
    .filter((value) => value !== undefined)
    .map((value) => foldUsername(textOf(String(value))));
  const [first] = named;
  if (named.some((value) => value !== first)) {
    const detail = 'X-User-Id and X-Actor must name the same person';
    throw new AppError({ code: 'invalid_input', errors: [{ pointer: '', detail }] });
  }
  return first ?? null;
}

/** Node reads headers as Latin-1; names that are more than ASCII are sent as UTF-8. */
function textOf(header: string): string {
  const text = Buffer.from(header, 'latin1').toString('utf8');
  // What is no text can name nobody, and PostgreSQL takes no NUL.
  return /[\ufffd\0]/.test(text) ? '' : text;
}
