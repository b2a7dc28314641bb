/** Workspaces that one person may own; each has a quota of its own, so their number is a limit as well. */
export const mostOwnedWorkspaces = 20;

/** What a workspace is called when nobody said. */
export const usualWorkspaceName = 'My Workspace';
