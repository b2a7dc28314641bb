import type { Json, JsonObject } from './json.ts';

/** One request as the emulator's routes see it: transport details are gone. */
export interface WireRequest {
  method: string;
  /** Absolute; its origin is what the caller used, so nextLinks lead back to the same place. */
  url: URL;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: string;
}

/** One answer; `body` undefined means an empty body. */
export interface WireReply {
  status: number;
  headers?: Record<string, string>;
  body?: Json;
  /** Sent as it is instead of a body. */
  text?: string;
  /** Close the connection instead of answering. */
  drop?: boolean;
}

/** Parses a JSON object body; undefined when it is not one. */
export function parseBody(request: WireRequest): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(request.body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}
