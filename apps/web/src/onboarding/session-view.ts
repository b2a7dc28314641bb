export type * from './guessed-api.ts';
