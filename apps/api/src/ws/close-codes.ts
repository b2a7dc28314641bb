/** Why an event socket is closed by us. Codes below 4000 are those of RFC 6455. */
export const closes = {
  /** The server goes down; come back with the last cursor. */
  goingAway: [1001, 'The server is shutting down'],
  binary: [1003, 'Only text is read'],
  tooMany: [1008, 'Too many frames'],
  unknownEvents: [4400, 'No known event is named'],
  /** The token expired, the session ended, the key was revoked, or the right to read was taken away. */
  signedOut: [4401, 'The credential is no longer valid'],
  /** The cursor is foreign, made up or too old: read the state anew, then connect without it. */
  unknownCursor: [4404, 'The cursor cannot be resumed after'],
  tooSlow: [4408, 'Too much is waiting to be read'],
} as const;

export type Close = (typeof closes)[keyof typeof closes];
