/** Who looked, and when the look began: all that one walk over a listing sees is seen at that one moment. */
export interface Sighting {
  readonly tenantId: number;
  /** ISO time on the database's clock. */
  readonly seenAt: string;
}

/**
 * How many of what was seen were new, other than before, or as before. What came back after it was gone counts as
 * added. A type, not an interface: it is kept as JSON.
 */
export type Kept = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
};
