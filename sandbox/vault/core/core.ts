import type { VaultReply, VaultRequest } from '../request/exchange';
import type { VaultStore } from '../store/vault-store';
import type { Mounts } from './mounts';
import type { Policies } from './policies';
import type { Seal } from './seal';
import type { Token, Tokens } from './tokens';

/** The servers that can be simulated; they differ in few answers. */
export type VaultKind = 'vault' | 'openbao';

/** A server that answers requests in this process. */
export interface VaultHandler {
  /** Answers one request; never throws. */
  handle(request: VaultRequest): VaultReply;
}

/** The part of a simulated server that its routes use. */
export interface VaultCore {
  readonly store: VaultStore;
  readonly kind: VaultKind;
  /** The version that the server reports. */
  readonly version: string;
  readonly clusterId: string;
  readonly mounts: Mounts;
  readonly auths: Mounts;
  readonly policies: Policies;
  readonly tokens: Tokens;
  readonly seal: Seal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The capabilities that a token has on a path: `root`, or what its policies grant. */
  capabilitiesOf(token: Token, path: string): readonly string[];
  isSudo(token: Token, path: string): boolean;
}
