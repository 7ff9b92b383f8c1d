import type { Answer, VaultRequest } from '../request/exchange';
import type { Fields } from '../request/fields';
import type { VaultCore } from './core';
import type { Token } from './tokens';

/** One request on its way through a route. */
export interface Call {
  readonly vault: VaultCore;
  readonly request: VaultRequest;
  readonly fields: Fields;
  /** The named groups of the route's path. */
  readonly params: Readonly<Record<string, string>>;
  /** The mount that serves it, with its slash: `secret/`, `auth/approle/`. */
  readonly mount: string;
  /** Who asks; undefined where the route is open and no valid token came along. */
  readonly caller: Token | undefined;
}

type Handler = (call: Call) => Answer;

/** What is served at a path below a mount. An operation without a handler is refused with 405. */
export interface Route {
  readonly path: RegExp;
  /** Served without a token. */
  readonly open?: true;
  /** Served while sealed. */
  readonly sealed?: true;
  /** Wants `sudo` on the path beside the operation's own capability. */
  readonly sudo?: true;
  /** The data stand in the body twice: in `data` and beside it, as `sys/` had it first. */
  readonly doubled?: true;
  /** What is refused before it is asked who asks. */
  readonly first?: (call: Call) => void;
  /** Whether the thing is there: a write to it then wants `update`, else `create`. @default - `update` always */
  readonly exists?: (call: Call) => boolean;
  readonly read?: Handler;
  readonly list?: Handler;
  readonly write?: Handler;
  readonly patch?: Handler;
  readonly delete?: Handler;
}

/** Routes of one kind of mount. */
export type Backend = readonly Route[];

/** The group of a route's path; empty where it has none. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}
