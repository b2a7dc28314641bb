import type { Capability } from '../access/capabilities.ts';
import { type Place, placeOf } from './place.ts';

/** What there is already of what a new workspace needs. */
export interface FirstStepFacts {
  readonly connected: boolean;
  readonly checked: boolean;
  readonly captured: boolean;
  readonly backupSet: boolean;
  readonly previewed: boolean;
  /** A connection to check, while there is one only. */
  readonly onlyConnectionId: number | null;
}

/** A step on the way from an empty workspace to the first restore that could be made. */
export interface FirstStep {
  readonly key: 'connection' | 'check' | 'capture' | 'backup_set' | 'preview';
  readonly label: string;
  readonly text: string;
  readonly done: boolean;
  /** What the link to it says. */
  readonly action: string;
  /** Needed to take the step. */
  readonly capability: Capability;
  /** Where it is taken, or where its result is seen when it is done. */
  readonly place: Place;
}

/** The steps in order, each with its true state. */
export function firstSteps(facts: FirstStepFacts): FirstStep[] {
  const { connected, checked, captured, backupSet, previewed, onlyConnectionId } = facts;
  const connection =
    onlyConnectionId === null ? '/connections' : (`/connections/${onlyConnectionId}` as const);
  const runsOf = (operation: string) => placeOf('/runs', { operation });
  const start = (operation: string) => placeOf('/start', { operation });
  return [
    {
      key: 'connection',
      label: 'Connect a provider',
      text: 'A provider connection holds the credential with which Signalbox works on a tenant.',
      done: connected,
      action: connected ? 'See the connections' : 'Add a connection',
      capability: 'connection.manage',
      place: placeOf('/connections', connected ? {} : { open: 'new' }),
    },
    {
      key: 'check',
      label: 'Check the connection',
      text: 'Signs in at the provider and compares granted with needed permissions.',
      done: checked,
      action: onlyConnectionId === null ? 'See the connections' : 'Open the connection',
      capability: 'run.start.provider.connection.check',
      place: checked ? runsOf('provider.connection.check') : placeOf(connection),
    },
    {
      key: 'capture',
      label: 'Capture policies',
      text: 'Reads the policies of a tenant and keeps each as a version.',
      done: captured,
      action: 'Start a capture',
      capability: 'run.start.snapshot_capture',
      place: captured ? runsOf('snapshot_capture') : start('snapshot_capture'),
    },
    {
      key: 'backup_set',
      label: 'Fill a backup set',
      text: 'A named set of captured policies, from which they can be restored.',
      done: backupSet,
      action: 'See the backup sets',
      capability: 'backup.manage',
      place: placeOf('/backup-sets'),
    },
    {
      key: 'preview',
      label: 'Preview a restore',
      text: 'Compares a set with the tenant and says what a restore would change. Writes nothing.',
      done: previewed,
      action: 'Start a preview',
      capability: 'run.start.restore_preview',
      place: previewed ? runsOf('restore_preview') : start('restore_preview'),
    },
  ];
}
