import type { FaultBook } from '../http/faults.ts';
import type { UpcloudSettings } from './settings.ts';
import type { UpcloudWorld } from './world.ts';

/** Who may come in. */
export interface UpcloudAccount {
  readonly username: string;
  readonly password: string;
  /** Works as a bearer token instead of the two. */
  readonly token: string;
}

/** One request that was let in and changes something. */
export interface UpcloudWrite {
  readonly method: string;
  readonly path: string;
  /** Of the answer; a doubled server shows as two 202 for one title. */
  readonly status: number;
}

/** Everything one emulator process holds. */
export interface UpcloudEmulator {
  readonly account: UpcloudAccount;
  readonly world: UpcloudWorld;
  readonly faults: FaultBook;
  settings: UpcloudSettings;
  /** The last thousand. */
  writes: UpcloudWrite[];
  /** Times of the requests in the window of the rate limit. */
  recent: number[];
  now(): number;
}
