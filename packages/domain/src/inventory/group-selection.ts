/** Which groups a sync is about. Keys are append-only: they are part of what makes two syncs the same work. */
export const groupSelections = ['all_groups_v1'] as const;
export type GroupSelection = (typeof groupSelections)[number];

/** What a sync that names no selection is about. */
export const defaultGroupSelection: GroupSelection = 'all_groups_v1';
