import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';

const looks: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent',
  plain: 'bg-surface text-ink border-line-strong hover:bg-hover',
  quiet: 'bg-transparent text-muted border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-surface text-stop border-stop hover:bg-stop-soft',
};

type Size = 'small' | 'plain' | 'large';

const sizes: Record<Size, string> = {
  small: 'h-6 rounded-sm px-1.5',
  plain: 'h-8 rounded-md px-3',
  large: 'h-9 rounded-md px-4',
};

/** The classes of a button, for links that look like one. */
export function buttonClass(look: Look = 'plain', size: Size = 'plain'): string {
  return `inline-flex shrink-0 items-center justify-center gap-1.5 border text-sm font-medium whitespace-nowrap transition-colors select-none aria-disabled:opacity-55 disabled:opacity-55 ${looks[look]} ${sizes[size]}`;
}

interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  look?: Look;
  size?: Size;
  icon?: ReactNode;
  /** The request is under way: the button keeps its place and its width, and cannot be pressed again. */
  pending?: boolean;
  /** Why the action is not possible now. The button stays focusable, so that the reason can be read. */
  refused?: string | null;
}

export function Button({
  look,
  size,
  icon,
  pending = false,
  refused = null,
  children,
  className = '',
  onClick,
  ...rest
}: ButtonProps) {
  const off = pending || refused !== null;
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={off}
      aria-busy={pending}
      title={refused ?? rest.title}
      className={`${buttonClass(look, size)} ${className}`}
      onClick={(event) => {
        if (off) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {pending ? <LoaderCircle size={15} className="animate-spin" aria-hidden="true" /> : icon}
      {children}
    </button>
  );
}

/** A square button that shows only an icon; `label` is its name. */
export function IconButton({
  label,
  children,
  className = '',
  ...rest
}: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={`inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink ${className}`}
    >
      {children}
    </button>
  );
}
