import type { Connection } from '@signalbox/contracts/connection/connection';
import { CircleCheck, CircleDashed, CircleX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const views: Record<Connection['health'], { word: string; tone: string; icon: ReactNode }> = {
  ok: { word: 'Healthy', tone: 'text-clear', icon: <CircleCheck size={16} aria-hidden="true" /> },
  warning: { word: 'Degraded', tone: 'text-caution', icon: <TriangleAlert size={16} aria-hidden="true" /> },
  failing: { word: 'Failing', tone: 'text-stop', icon: <CircleX size={16} aria-hidden="true" /> },
  unknown: { word: 'Not checked', tone: 'text-idle', icon: <CircleDashed size={16} aria-hidden="true" /> },
};

/** The health of a connection as its last check found it. */
export function Health({ health }: { health: Connection['health'] }) {
  const { word, tone, icon } = views[health];
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${tone}`}>
      {icon}
      {word}
    </span>
  );
}

const credentialWords: Record<Connection['credential'], string> = {
  present: 'present',
  missing: 'missing',
  expired: 'expired',
  refused: 'refused by the provider',
  not_needed: 'not asked for',
};

export function credentialWord(credential: Connection['credential']): string {
  return credentialWords[credential];
}

const consentWords: Record<Connection['consent'], string> = {
  granted: 'granted',
  missing: 'missing',
  unknown: 'not known yet',
};

export function consentWord(consent: Connection['consent']): string {
  return consentWords[consent];
}
