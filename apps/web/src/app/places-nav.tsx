import { Link } from '@tanstack/react-router';
import { BookOpen, ExternalLink } from 'lucide-react';
import { PlaceSign } from './place-sign.tsx';
import { glossaryPlace, type Place, placeGroups } from './places.ts';

const itemClass =
  'flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-base whitespace-nowrap text-muted hover:bg-hover hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-ink [&_svg]:text-faint data-[status=active]:[&_svg]:text-accent';

interface PlacesNavProps {
  ws: string;
  /** Called when a page was chosen, for a drawer that closes then. */
  onChosen?: () => void;
}

function PlaceLink({ place, ws, onChosen }: PlacesNavProps & { place: Place }) {
  return (
    <Link to={place.to} params={{ ws }} className={itemClass} onClick={onChosen}>
      <PlaceSign icon={place.icon} />
      {place.label}
    </Link>
  );
}

/** The pages of a workspace in their groups, and below them what explains: glossary and API reference. */
export function PlacesNav({ ws, onChosen }: PlacesNavProps) {
  return (
    <div className="flex flex-1 flex-col gap-1 px-3 pb-4">
      {placeGroups.map(({ label, places }) => (
        <div key={label} className="grid gap-0.5">
          <div className="eyebrow px-2.5 pt-3 pb-1">{label}</div>
          {places.map((place) => (
            <PlaceLink key={place.to} place={place} ws={ws} {...(onChosen && { onChosen })} />
          ))}
        </div>
      ))}
      <div className="mt-auto grid gap-0.5 pt-4">
        <PlaceLink place={glossaryPlace} ws={ws} {...(onChosen && { onChosen })} />
        <a href="/docs" className={itemClass}>
          <BookOpen size={17} aria-hidden="true" />
          API reference
          <ExternalLink size={13} aria-hidden="true" />
        </a>
      </div>
    </div>
  );
}
