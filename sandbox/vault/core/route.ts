import type { Answer, VaultRequest } from '../request/exchange';
import type { Fields } from '../request/fields';
import type { VaultCore } from './core';
import type { Token } from './tokens';

/** A request with what its handler needs to answer it. */
export interface Call {
  readonly vault: VaultCore;
  readonly request: VaultRequest;
  readonly fields: Fields;
  /** The named groups of the route's path. */
  readonly params: Readonly<Record<string, string>>;
  /** The path of the mount that serves the request, such as `secret/` or `auth/approle/`. */
  readonly mount: string;
  /** The token of the request; undefined if the route is open and the request has no valid token. */
  readonly caller: Token | undefined;
}

type Handler = (call: Call) => Answer;

/** The handlers for the paths below a mount that match a pattern. An operation without a handler is refused with 405. */
export interface Route {
  readonly path: RegExp;
  /** Whether it is served without a token. */
  readonly open?: true;
  /** Whether it is served while the server is sealed. */
  readonly sealed?: true;
  /** Whether it needs `sudo` on the path in addition to the capability for the operation. */
  readonly sudo?: true;
  /** Whether the fields of `data` are repeated at the top of the body, as in the older answers of `sys/`. */
  readonly doubled?: true;
  /** A check that is made before the token is checked. It throws a refusal. */
  readonly first?: (call: Call) => void;
  /** Whether the target exists: if so a write needs `update`, else `create`. @default - every write needs `update` */
  readonly exists?: (call: Call) => boolean;
  readonly read?: Handler;
  readonly list?: Handler;
  /** Lists all levels below the path. OpenBao has it, Vault does not. */
  readonly scan?: Handler;
  readonly write?: Handler;
  readonly patch?: Handler;
  readonly delete?: Handler;
}

/** The routes of one type of mount. */
export type Backend = readonly Route[];

/** A named group of the route's path; empty if the path does not have it. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}
