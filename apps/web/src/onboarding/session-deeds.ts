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

export type SessionDeeds<TSession extends Held> = ReturnType<typeof makeSessionDeeds<TSession>>;

/**
 * Changes a session with the lock that every change needs: takes it when it is free, and tries once more when it had
 * only run out. Somebody else's lock is never touched.
 */
export function makeSessionDeeds<TSession extends Held>(port: SessionPort<TSession>) {
  const stateOf = ({ lock }: TSession) => lockState(lock, port.now());

  /** The version to write under. @throws what the server answers when somebody else edits */
  async function hold(): Promise<number> {
    const known = port.known();
    const state = stateOf(known);
    if (state === 'mine' || state === 'ending') return known.lock.version;
    const locked = await port.lock();
    port.keep(locked);
    return locked.lock.version;
  }

  /** Does `deed` under the lock. @throws what the server answers */
  async function change(deed: (lockVersion: number) => Promise<TSession>): Promise<TSession> {
    const done = await attempt(deed);
    port.keep(done);
    return done;
  }

  async function attempt(deed: (lockVersion: number) => Promise<TSession>): Promise<TSession> {
    try {
      return await deed(await hold());
    } catch (error) {
      if (faultOf(error).kind !== 'conflict') throw error;
      // The lock may merely have run out, or have been renewed in another tab.
      const now = await port.reread();
      if (isEnded(now) || stateOf(now) === 'other') throw error;
      return deed(await hold());
    }
  }

  /** Saves the draft. Never throws: what came of it is the answer. */
  async function save(write: (lockVersion: number) => Promise<TSession>): Promise<SaveAnswer> {
    try {
      const { draft } = await change(write);
      return { kind: 'kept', draft };
    } catch (error) {
      const fault = faultOf(error);
      const known = port.known();
      const gone = fault.kind === 'conflict' && (isEnded(known) || stateOf(known) === 'other');
      return gone ? { kind: 'lost' } : { kind: 'refused', fault: fault.detail };
    }
  }

  return { hold, change, save };
}

function isEnded({ status }: Held): boolean {
  return status === 'completed' || status === 'abandoned';
}
