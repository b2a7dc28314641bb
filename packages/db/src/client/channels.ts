/** Where processes tell each other which runs have new events. Payload: JSON list of {@link RunHead}. */
export const runsChannel = 'signalbox_runs';

/** The newest event of a run: workspace, run, sequence number. Short keys, since a payload holds 8,000 bytes. */
export interface RunHead {
  readonly w: string;
  readonly r: number;
  readonly s: number;
}
