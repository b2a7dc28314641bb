import { OperationFailure } from '../operations/failures.ts';

const segment = /^[\w.][\w.-]{0,99}$/;

/**
 * The parts of a path below a server's directory: plain names only, so that it leads nowhere else and is no option.
 * @throws OperationFailure for every other text
 */
export function innerPath(path: string): readonly string[] {
  const parts = path.split('/');
  const plain = parts.every((part) => segment.test(part) && part !== '.' && part !== '..');
  if (!plain || parts.length > 16) {
    throw new OperationFailure(
      { code: 'provider_refused', message: 'A path would leave the server.' },
      false,
    );
  }
  return parts;
}
