import { config } from 'zod';

// The content security policy lets nobody make code out of text, and reports whoever tries. Schemas ask for it where
// they are made, so this stands before the first of them.
config({ jitless: true });
