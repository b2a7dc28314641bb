import type { SchemaField } from '../schema-model.ts';

/** What every control of the start form gets. */
export interface PickerProps {
  readonly field: SchemaField;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** The tenant the run is for; pickers list what belongs to it. */
  readonly tenantId: number;
  /** The whole input, since what one member offers may hang on another. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly fault: string | null;
}

export function chosenNumbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'number') : [];
}

export function chosenTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
