import { faultOf } from '../client/problem-model.ts';
import type { SaveAnswer } from './auto-save.ts';
import type { Values } from './draft-model.ts';
import { type Lock, lockState } from './lock-model.ts';

/** As much of a session as a deed must know. */
export interface Held {
  readonly status: string;
  readonly lock: Lock & { readonly version: number };
  readonly draft: Values;
}

interface SessionPort<TSession extends Held> {
  /** The session as it was last told. */
  readonly known: () => TSession;
  /** Asks for it anew. */
  readonly reread: () => Promise<TSession>;
  /** Takes the lock, free or one's own, for ten more minutes. */
  readonly lock: () => Promise<TSession>;
  /** Told of every answer that carries the session. */
  readonly keep: (session: TSession) => void;
  /** The server's clock, ms. */
  readonly now: () => number;
}

/** Writes under a version of the lock. */
type Deed<TSession> = (lockVersion: number) => Promise<TSession>;

/** Whether a deed is still what was meant, from what was known and what is known now. */
type MayRepeat<TSession> = (before: TSession, now: TSession) => boolean;

/**
 * Changes a session under the version of its lock, and tries once more when the lock had only gone on without anybody
 * editing now. Somebody else's lock is never touched.
 */
export function makeSessionDeeds<TSession extends Held>(port: SessionPort<TSession>) {
  const stateOf = ({ lock }: TSession) => lockState(lock, port.now());

  /** Takes the lock before something outside the session is changed. @throws what the server answers */
  async function hold(): Promise<void> {
    const state = stateOf(port.known());
    if (state !== 'mine' && state !== 'ending') port.keep(await port.lock());
  }

  /** Does `deed` under the lock, which a write takes when it is free. @throws what the server answers */
  async function change(deed: Deed<TSession>, mayRepeat?: MayRepeat<TSession>): Promise<TSession> {
    const done = await attempt(deed, mayRepeat);
    port.keep(done);
    return done;
  }

  async function attempt(
    deed: Deed<TSession>,
    mayRepeat: MayRepeat<TSession> = () => true,
  ): Promise<TSession> {
    const before = port.known();
    const written = before.lock.version;
    try {
      return await deed(written);
    } catch (error) {
      if (faultOf(error).kind !== 'conflict') throw error;
      // The lock may merely have run out and gone on meanwhile, or have been renewed in another tab.
      const now = await port.reread();
      if (isEnded(now) || stateOf(now) === 'other' || now.lock.version === written) throw error;
      if (!mayRepeat(before, now)) throw error;
      return deed(now.lock.version);
    }
  }

  /**
   * Saves `fields` of the draft. Never throws: what came of it is the answer. A field that somebody else has written since
   * it was last told is lost to them, as under a takeover: their word is not overwritten unseen.
   */
  async function save(write: Deed<TSession>, fields: readonly string[]): Promise<SaveAnswer> {
    let overtaken = false;
    const untouched: MayRepeat<TSession> = (before, now) => {
      overtaken = fields.some(
        (field) => JSON.stringify(before.draft[field]) !== JSON.stringify(now.draft[field]),
      );
      return !overtaken;
    };
    try {
      const { draft } = await change(write, untouched);
      return { kind: 'kept', draft };
    } catch (error) {
      const fault = faultOf(error);
      const known = port.known();
      const gone = fault.kind === 'conflict' && (overtaken || isEnded(known) || stateOf(known) === 'other');
      return gone ? { kind: 'lost' } : { kind: 'refused', fault: fault.detail };
    }
  }

  return { hold, change, save };
}

function isEnded({ status }: Held): boolean {
  return status === 'completed' || status === 'abandoned';
}
