import { type Actor, actorOf, type Principal } from '@signalbox/domain/access/principal';

/** A program of ours that makes something without a caller, such as the demo. */
export interface SystemAuthor {
  readonly workspaceId: string;
  readonly system: string;
}

/** Whoever makes something. */
export type Author = Principal | SystemAuthor;

/** The caller behind a deed, or null where there is none. */
export function callerOf(author: Author): Principal | null {
  return 'system' in author ? null : author;
}

/** Whom an audit entry names for a deed. */
export function authorActor(author: Author): Actor {
  return 'system' in author ? { kind: 'system', name: author.system } : actorOf(author);
}
