import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { IconButton } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';

/** What a new password must be, in one sentence. */
export const passwordHelp = 'At least 12 characters. A few words in a row are good; nothing else is asked.';

interface PasswordInputProps extends Omit<ComponentProps<'input'>, 'type' | 'className'> {
  /** What it is called by the button that shows it. */
  what?: string;
}

/** A password, or another secret, that can be shown while it is typed. */
export function PasswordInput({ what = 'password', ...props }: PasswordInputProps) {
  const [shown, setShown] = useState(false);
  const Sign = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input
        {...props}
        type={shown ? 'text' : 'password'}
        autoCapitalize="none"
        spellCheck={false}
        className="h-9 w-full pr-10"
      />
      <IconButton
        label={`${shown ? 'Hide' : 'Show'} the ${what}`}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute top-0.5 right-0.5"
      >
        <Sign size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
