import { foldUsername } from './username.ts';

/** Bounds of a new password, in code points of its NFKC form. There are no rules of composition. */
export const passwordLength = { min: 12, max: 1_024 } as const;

/** What is known about a password somebody wants to have. */
export interface WantedPassword {
  readonly password: string;
  readonly username: string;
  /** True when it is on the list of the commonest passwords. */
  readonly common: boolean;
}

/**
 * What is wrong with a new password, as the end of a sentence about it; null when it may be used. What counts is how
 * hard it is to guess: its length, that it is not the name, not one character over and over, and not everybody's.
 */
export function passwordFault({ password, username, common }: WantedPassword): string | null {
  const folded = password.normalize('NFKC');
  const characters = Array.from(folded);
  if (characters.length < passwordLength.min) return `must have at least ${passwordLength.min} characters`;
  if (characters.length > passwordLength.max) {
    return `must have at most ${passwordLength.max.toLocaleString('en')} characters`;
  }
  if (isOf(foldUsername(folded), foldUsername(username))) return 'must be something else than the username';
  if (new Set(characters).size < 4) return 'must not be a few characters over and over';
  if (common) return 'is among the commonest passwords, which are guessed first';
  return null;
}

/** The name itself, or nothing but repetitions of it. */
function isOf(text: string, name: string): boolean {
  return name !== '' && text.replaceAll(name, '') === '';
}
