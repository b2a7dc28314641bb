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
  async function change(deed: (lockVersion: number) => Promise<TSession>): Promise<TSession> {
    const done = await attempt(deed);
    port.keep(done);
    return done;
  }

  async function attempt(deed: (lockVersion: number) => Promise<TSession>): Promise<TSession> {
    const written = port.known().lock.version;
    try {
      return await deed(written);
    } catch (error) {
      if (faultOf(error).kind !== 'conflict') throw error;
      // The lock may merely have run out and gone on meanwhile, or have been renewed in another tab.
      const now = await port.reread();
      if (isEnded(now) || stateOf(now) === 'other' || now.lock.version === written) throw error;
      return deed(now.lock.version);
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
