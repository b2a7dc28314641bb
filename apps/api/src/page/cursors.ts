import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import { AppError } from '@signalbox/domain/error/app-error';

/** Which list of which workspace a cursor belongs to, such as `runs` or `run:17:items`. */
export interface CursorPlace {
  readonly workspaceId: string;
  readonly list: string;
}

/** Places in lists, as texts a caller carries but cannot make or move to another list or workspace. */
export interface Cursors {
  write(place: CursorPlace, position: readonly (string | number)[]): string;
  /**
   * The position, in the types it was written with.
   * @throws AppError invalid_input when it was changed, made up, or belongs elsewhere
   */
  read(place: CursorPlace, cursor: string): readonly (string | number)[];
}

/** Cursors signed with keys derived from the envelope keys: any process reads what another wrote. */
export function createCursors(keyring: Keyring): Cursors {
  const derived = [...keyring.keys.values()].map((key) =>
    Buffer.from(hkdfSync('sha256', key, '', 'signalbox cursors', 32)),
  );
  const [current] = derived;
  if (current === undefined) throw new Error('There is no key to sign cursors with.');
  return {
    write: (place, position) => {
      const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
      return `${payload}.${mac(current, place, payload).toString('base64url')}`;
    },
    read: (place, cursor) => {
      const [payload = '', tag = ''] = cursor.split('.');
      const given = Buffer.from(tag, 'base64url');
      const genuine = derived.some((key) => {
        const expected = mac(key, place, payload);
        return given.length === expected.length && timingSafeEqual(given, expected);
      });
      if (!genuine || cursor.split('.').length !== 2) {
        const detail = 'is not a cursor of this list';
        throw new AppError({ code: 'invalid_input', errors: [{ pointer: '/cursor', detail }] });
      }
      return JSON.parse(Buffer.from(payload, 'base64url').toString()) as (string | number)[];
    },
  };
}

function mac(key: Buffer, { workspaceId, list }: CursorPlace, payload: string): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify([workspaceId, list, payload]))
    .digest();
}
