import { adminTokenHeader } from './control.ts';
import type { JsonObject } from './json.ts';

/** Where a control plane is, and what opens it. */
export interface ControlTarget {
  /** The emulator's. */
  readonly url: string;
  readonly adminToken: string;
}

/** One call to a control plane; rejects when it is refused. */
export async function callControl(
  target: ControlTarget,
  call: { readonly method: string; readonly path: string; readonly body?: unknown },
): Promise<JsonObject> {
  const { method, path, body } = call;
  const response = await fetch(`${target.url}/__emulator/${path}`, {
    method,
    headers: { [adminTokenHeader]: target.adminToken, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`emulator control ${method} ${path}: ${response.status} ${text}`);
  return text === '' ? {} : (JSON.parse(text) as JsonObject);
}
