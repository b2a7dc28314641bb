import { Braces, Link, Terminal } from 'lucide-react';
import type { ReactElement } from 'react';
import type { CopyAsGiven } from './copy-as.tsx';
import { toCurl } from './copy-as-curl.ts';
import { toTypeScript } from './copy-as-typescript.ts';
import { Menu, MenuItem, MenuLine } from './menu.tsx';

interface CopyAsMenuProps {
  trigger: ReactElement<Record<string, unknown>>;
  given: CopyAsGiven;
}

/** The ways to copy a call. */
export function CopyAsMenu({ trigger, given: { call, ws, link, onText } }: CopyAsMenuProps) {
  const place = () => ({ origin: location.origin, workspace: ws });
  return (
    <Menu trigger={trigger}>
      <MenuItem
        icon={<Terminal size={15} aria-hidden="true" />}
        onClick={() => onText(toCurl(call(), place()))}
      >
        curl
      </MenuItem>
      <MenuItem
        icon={<Braces size={15} aria-hidden="true" />}
        onClick={() => onText(toTypeScript(call(), place()))}
      >
        TypeScript
      </MenuItem>
      {link && (
        <>
          <MenuLine />
          <MenuItem icon={<Link size={15} aria-hidden="true" />} onClick={() => onText(location.href)}>
            Link to this page
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
