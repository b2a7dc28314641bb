/** A page of a workspace that stands in the navigation and in the palette. */
export interface Place {
  readonly to:
    | '/w/$ws/overview'
    | '/w/$ws/runs'
    | '/w/$ws/batches'
    | '/w/$ws/infras'
    | '/w/$ws/bulk'
    | '/w/$ws/onboarding'
    | '/w/$ws/refusals'
    | '/w/$ws/backup-sets'
    | '/w/$ws/checkpoints'
    | '/w/$ws/tenants'
    | '/w/$ws/connections'
    | '/w/$ws/api-keys'
    | '/w/$ws/fleet'
    | '/w/$ws/audit'
    | '/w/$ws/members'
    | '/w/$ws/usage'
    | '/w/$ws/glossary';
  readonly label: string;
  readonly icon: PlaceIcon;
  /** The letter that leads here after `g`. */
  readonly key?: string;
}

export type PlaceIcon =
  | 'overview'
  | 'runs'
  | 'batches'
  | 'infras'
  | 'bulk'
  | 'onboarding'
  | 'refusals'
  | 'sets'
  | 'checkpoints'
  | 'tenants'
  | 'connections'
  | 'keys'
  | 'fleet'
  | 'audit'
  | 'members'
  | 'usage'
  | 'book';

/** The navigation in its order. */
export const placeGroups: readonly { readonly label: string; readonly places: readonly Place[] }[] = [
  {
    label: 'Operate',
    places: [
      { to: '/w/$ws/overview', label: 'Overview', icon: 'overview', key: 'o' },
      { to: '/w/$ws/runs', label: 'Runs', icon: 'runs', key: 'r' },
      { to: '/w/$ws/batches', label: 'Batches', icon: 'batches', key: 'b' },
      { to: '/w/$ws/infras', label: 'Infras', icon: 'infras', key: 'i' },
      { to: '/w/$ws/bulk', label: 'Bulk actions', icon: 'bulk', key: 'x' },
      { to: '/w/$ws/onboarding', label: 'Onboarding', icon: 'onboarding', key: 'e' },
    ],
  },
  {
    label: 'Recover',
    places: [
      { to: '/w/$ws/checkpoints', label: 'Checkpoints', icon: 'checkpoints', key: 'p' },
      { to: '/w/$ws/backup-sets', label: 'Backup sets', icon: 'sets', key: 's' },
    ],
  },
  {
    label: 'Connect',
    places: [
      { to: '/w/$ws/tenants', label: 'Tenants', icon: 'tenants', key: 't' },
      { to: '/w/$ws/connections', label: 'Connections', icon: 'connections', key: 'n' },
      { to: '/w/$ws/api-keys', label: 'API keys', icon: 'keys', key: 'k' },
    ],
  },
  {
    label: 'Observe',
    places: [
      { to: '/w/$ws/fleet', label: 'Fleet', icon: 'fleet', key: 'w' },
      { to: '/w/$ws/refusals', label: 'Refused starts', icon: 'refusals', key: 'f' },
      { to: '/w/$ws/audit', label: 'Audit log', icon: 'audit', key: 'l' },
    ],
  },
  {
    label: 'Workspace',
    places: [
      { to: '/w/$ws/members', label: 'Members', icon: 'members', key: 'm' },
      { to: '/w/$ws/usage', label: 'Usage and tier', icon: 'usage', key: 'u' },
    ],
  },
];

/** Where the words of the console are explained; it stands below the groups. */
export const glossaryPlace: Place = { to: '/w/$ws/glossary', label: 'Glossary', icon: 'book', key: 'y' };

export const places: readonly Place[] = [...placeGroups.flatMap(({ places }) => places), glossaryPlace];
