import { type ComponentProps, type ReactNode, useId } from 'react';

/** What all controls share; their height and width come on top. */
export const controlClass =
  'block min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-base text-ink placeholder:text-faint aria-invalid:border-stop disabled:bg-sunken disabled:text-faint';

interface FieldProps {
  label: string;
  help?: ReactNode;
  fault?: string | null;
  optional?: boolean;
  /** Draws the control with the ids that tie it to its label, help and fault. */
  children: (ids: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': boolean;
  }) => ReactNode;
}

/** A labelled control with its help below, and below that what is wrong with it. */
export function Field({ label, help, fault = null, optional = false, children }: FieldProps) {
  const id = useId();
  const described = [help ? `${id}-help` : '', fault === null ? '' : `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="flex items-baseline gap-2 text-sm font-medium">
        {label}
        {optional && <span className="text-xs font-normal text-faint">optional</span>}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': fault !== null })}
      {help && (
        <p id={`${id}-help`} className="text-sm text-muted">
          {help}
        </p>
      )}
      {fault !== null && (
        <p id={`${id}-fault`} className="text-sm font-medium text-stop">
          {fault}
        </p>
      )}
    </div>
  );
}

/** The platform's own select: works by keyboard, on a phone and in forced colours. `className` sets its size. */
export function Select({ className = 'h-9 w-full', ...rest }: ComponentProps<'select'>) {
  return <select {...rest} className={`${controlClass} select-arrow ${className}`} />;
}

/** A line of text. `className` sets its size. */
export function Input({ className = 'h-9 w-full', ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={`${controlClass} ${className}`} />;
}

/** A few lines of prose, such as a reason. */
export function TextArea({ className = '', ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea rows={2} maxLength={500} {...rest} className={`${controlClass} w-full py-2 ${className}`} />
  );
}
