import type { FaultBook } from '../http/faults.ts';
import type { Ec2Key } from './check-signature.ts';
import type { Ec2Form } from './form.ts';
import type { Ec2Settings } from './settings.ts';
import type { Ec2World } from './world.ts';

/** One request that was let in and changes something. */
export interface Ec2Write {
  readonly action: string;
  readonly clientToken: string | null;
  /** Of the answer. */
  readonly status: number;
}

/** Everything one emulator process holds. */
export interface Ec2Emulator {
  readonly key: Ec2Key;
  readonly world: Ec2World;
  readonly faults: FaultBook;
  settings: Ec2Settings;
  /** The last thousand. */
  writes: Ec2Write[];
  /** Times of the requests in the window of the rate limit. */
  recent: number[];
  now(): number;
}

/** What an action gets: the signature was checked. */
export interface Ec2Call {
  readonly emulator: Ec2Emulator;
  readonly form: Ec2Form;
  /** The region the request was signed for. */
  readonly region: string;
}
