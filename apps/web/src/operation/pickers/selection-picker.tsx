import {
  defaultGroupSelection,
  type GroupSelection,
  groupSelections,
} from '@signalbox/domain/inventory/group-selection';
import { Field, Select } from '../../ui/field.tsx';
import { writeJson } from '../json-text.ts';
import type { PickerProps } from './picker.ts';

const words: Record<GroupSelection, string> = { all_groups_v1: 'All groups' };

/** Which groups a sync is about. A key that nobody knows stays visible: the gate says what is wrong with it. */
export function SelectionPicker({ value, onChange, fault }: PickerProps) {
  const said = value === undefined || value === defaultGroupSelection ? '' : writeJson(value);
  const known = groupSelections.some((each) => each === value);
  return (
    <Field
      label="Groups"
      help="Which groups are read. The first sync reads all of them, later ones only what has changed."
      optional
      fault={fault}
    >
      {(ids) => (
        <Select
          {...ids}
          value={said}
          onChange={({ target }) => onChange(groupSelections.find((each) => each === target.value))}
        >
          <option value="">{words[defaultGroupSelection]} (default)</option>
          {groupSelections
            .filter((each) => each !== defaultGroupSelection)
            .map((each) => (
              <option key={each} value={each}>
                {words[each]}
              </option>
            ))}
          {said !== '' && !known && <option value={said}>{said}, no selection that is known</option>}
        </Select>
      )}
    </Field>
  );
}
