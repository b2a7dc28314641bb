import {
  Archive,
  Boxes,
  Building2,
  Cable,
  ClipboardCheck,
  Flag,
  Gauge,
  KeyRound,
  Layers,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  OctagonX,
  ScrollText,
  Server,
  Users,
  WholeWord,
  Workflow,
} from 'lucide-react';
import type { PlaceIcon } from './places.ts';

const icons: Record<PlaceIcon, LucideIcon> = {
  overview: LayoutDashboard,
  runs: ListChecks,
  batches: Workflow,
  infras: Boxes,
  bulk: Layers,
  onboarding: ClipboardCheck,
  refusals: OctagonX,
  sets: Archive,
  checkpoints: Flag,
  tenants: Building2,
  connections: Cable,
  keys: KeyRound,
  fleet: Server,
  audit: ScrollText,
  members: Users,
  usage: Gauge,
  book: WholeWord,
};

/** The sign a page has in the navigation and in the palette. */
export function PlaceSign({ icon, size = 17 }: { icon: PlaceIcon; size?: number }) {
  const Icon = icons[icon];
  return <Icon size={size} aria-hidden="true" className="shrink-0" />;
}
