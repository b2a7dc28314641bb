import { defaultGroupSelection } from '@signalbox/domain/inventory/group-selection';
import { z } from 'zod';
import { key } from '../shape/text.ts';

/** Which groups to sync. An unknown key is no fault of the shape: the gate blocks it as `selection_unknown`. */
export const groupsSyncInput = z.strictObject({
  selectionKey: key(200).default(defaultGroupSelection).meta({ description: 'Which groups; left out: all' }),
});
