/** Groups and role definitions that are gone are dropped when they were last seen so many days ago. */
export const keptDays = 90;
