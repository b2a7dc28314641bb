/** The database that the commands work on; undefined when none was named. */
export const databaseUrl = process.env.DATABASE_URL;

/** Where the commands find the envelope keys. */
export const envelopeKeys = {
  keys: process.env.SIGNALBOX_KEYS,
  file: process.env.SIGNALBOX_KEYS_FILE,
};
