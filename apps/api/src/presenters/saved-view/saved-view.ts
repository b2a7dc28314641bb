import { type SavedView, viewPage } from '@signalbox/contracts/saved-view/saved-view';
import type { SavedViewRecord } from '@signalbox/db/queries/saved-view/saved-views';
import { moment } from '../time.ts';

/** A saved view as its owner reads it. */
export function presentSavedView(view: SavedViewRecord): SavedView {
  return {
    id: view.id,
    page: viewPage.parse(view.page),
    name: view.name,
    search: view.search,
    createdAt: moment(view.createdAt),
    updatedAt: moment(view.updatedAt),
  };
}
