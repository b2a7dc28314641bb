/** A username as it is stored and compared: compatibility forms and upper case folded. */
export function foldUsername(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** Shortest and longest username of somebody new. */
export const usernameLength = { min: 3, max: 64 } as const;

/**
 * Whether somebody new may have this name, once it is folded: letters a to z, digits, and `.`, `_`, `-` between
 * them. In so small an alphabet no two names look equal that are not, whatever script or invisible mark was typed;
 * names from before this rule keep working, since signing in only folds.
 */
export function isNewUsername(folded: string): boolean {
  const { length } = folded;
  return (
    length >= usernameLength.min &&
    length <= usernameLength.max &&
    /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(folded)
  );
}
