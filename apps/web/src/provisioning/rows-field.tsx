import { Plus, Trash2 } from 'lucide-react';
import { Button, IconButton } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';

interface Column {
  readonly name: string;
  readonly label: string;
  readonly number?: true;
}

interface RowsFieldProps {
  label: string;
  /** What one row is, for the names of the controls. */
  one: string;
  columns: readonly Column[];
  rows: readonly unknown[];
  onChange: (rows: unknown[]) => void;
}

const grid = 'grid grid-cols-[repeat(3,minmax(0,1fr))_2rem] items-center gap-2';

function cellOf(row: unknown, name: string): string {
  const value = typeof row === 'object' && row !== null ? (row as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A few things of the same kind, each in a row of three controls. */
export function RowsField({ label, one, columns, rows, onChange }: RowsFieldProps) {
  const set = (at: number, { name, number }: Column, text: string) => {
    const value = number && /^\d{1,9}$/.test(text) ? Number(text) : text;
    onChange(rows.map((row, index) => (index === at ? { ...(row as object), [name]: value } : row)));
  };
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      {rows.length > 0 && (
        <div aria-hidden="true" className={`${grid} eyebrow`}>
          {columns.map(({ name, label }) => (
            <span key={name}>{label}</span>
          ))}
        </div>
      )}
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the document
        <div key={at} className={grid}>
          {columns.map((column) => (
            <Input
              key={column.name}
              aria-label={`${column.label} of ${one} ${at + 1}`}
              className="h-8 w-full font-mono text-sm"
              spellCheck={false}
              autoCapitalize="off"
              value={cellOf(row, column.name)}
              onChange={({ target }) => set(at, column, target.value)}
            />
          ))}
          <IconButton
            label={`Remove ${one} ${at + 1}`}
            onClick={() => onChange(rows.filter((_, index) => index !== at))}
          >
            <Trash2 size={15} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      <Button
        size="small"
        look="quiet"
        className="-ml-1.5 justify-self-start"
        icon={<Plus size={14} aria-hidden="true" />}
        onClick={() =>
          onChange([...rows, Object.fromEntries(columns.map(({ name, number }) => [name, number ? 1 : '']))])
        }
      >
        Add a {one}
      </Button>
    </fieldset>
  );
}
