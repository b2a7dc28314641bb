import type { NameCursor } from '@signalbox/db/queries/inventory/tenants';
import type { OpenPage } from './open-page.ts';

/** Where a list that is ordered by name goes on. */
export function nameCursor({ position }: OpenPage): NameCursor | null {
  return position === null ? null : { name: String(position[0]), id: Number(position[1]) };
}

/** Where a list that is ordered by id goes on. */
export function idCursor({ position }: OpenPage): number | null {
  return position === null ? null : Number(position[0]);
}
