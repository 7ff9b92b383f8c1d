import { digest, newAccessor, randomText } from '../store/identifiers';
import type { VaultStore } from '../store/vault-store';

/** The default and the maximum TTL of tokens and leases: 32 days. */
export const MAX_TTL_SECONDS = 2_764_800;

/** The record of a token, without its secret. Times are in seconds, except for `expires_at`. */
export interface Token {
  readonly accessor: string;
  readonly token_sha256: string;
  readonly policies: readonly string[];
  readonly path: string;
  readonly display_name: string;
  readonly meta: Readonly<Record<string, string>> | null;
  readonly num_uses: number;
  readonly creation_time: number;
  readonly creation_ttl: number;
  readonly explicit_max_ttl: number;
  readonly period: number;
  readonly renewable: boolean;
  readonly orphan: boolean;
  /** The parent's accessor; empty for an orphan. */
  readonly parent: string;
  readonly role: string;
  /** Milliseconds since 1970; 0 for a token that never expires. */
  readonly expires_at: number;
}

export type NewToken = Omit<Token, 'accessor' | 'token_sha256' | 'creation_time' | 'expires_at'>;

const TYPE = 'vault_token';
const ROOT_PATH = 'auth/token/root';

/** The tokens of the simulated Vault. Revoking a token revokes its children too. */
export class Tokens {
  private readonly accessors = new Map<string, string>();
  private nextExpiry = Number.POSITIVE_INFINITY;

  /**
   * @param prefix the beginning of a new token: `hvs.` or `s.`
   * @param onRevoked is called with the accessor of each token that has been revoked
   */
  constructor(
    private readonly store: VaultStore,
    private readonly now: () => number,
    private readonly prefix: string,
    private readonly onRevoked: (accessor: string) => void,
  ) {
    for (const token of this.all()) this.remember(token);
  }

  all(): readonly Token[] {
    return this.store.all(TYPE).map(({ attributes }) => attributes as unknown as Token);
  }

  byAccessor(accessor: string): Token | undefined {
    return this.store.get(TYPE, accessor) as unknown as Token | undefined;
  }

  find(secret: string): Token | undefined {
    const accessor = secret === '' ? undefined : this.accessors.get(digest(secret));
    return accessor === undefined ? undefined : this.byAccessor(accessor);
  }

  /** Makes a secret the root token, which never expires. It replaces the one of an earlier call. */
  installRoot(secret: string): Token {
    const before = this.all().find(({ path }) => path === ROOT_PATH);
    if (before !== undefined) this.accessors.delete(before.token_sha256);
    const root: NewToken = {
      policies: ['root'],
      path: ROOT_PATH,
      display_name: 'root',
      meta: null,
      num_uses: 0,
      creation_ttl: 0,
      explicit_max_ttl: 0,
      period: 0,
      renewable: false,
      orphan: true,
      parent: '',
      role: '',
    };
    return this.keep(root, secret, before?.accessor ?? newAccessor());
  }

  /** Creates a token. @param secret the caller's. @default - a random one */
  create(
    wanted: NewToken,
    secret = `${this.prefix}${randomText(this.prefix === 's.' ? 24 : 90)}`,
  ): {
    readonly secret: string;
    readonly token: Token;
  } {
    return { secret, token: this.keep(wanted, secret, newAccessor()) };
  }

  /** The seconds until a token expires; 0 for one that never does. */
  remaining(token: Token): number {
    return token.expires_at === 0 ? 0 : Math.max(0, Math.round((token.expires_at - this.now()) / 1000));
  }

  /** Extends the life of a token, within its maximum TTL. */
  renew(token: Token, increment: number): Token {
    const wanted = token.period > 0 ? token.period : Math.min(increment, MAX_TTL_SECONDS);
    const limits = [this.now() + wanted * 1000];
    const born = token.creation_time * 1000;
    if (token.period === 0) limits.push(born + MAX_TTL_SECONDS * 1000);
    if (token.explicit_max_ttl > 0) limits.push(born + token.explicit_max_ttl * 1000);
    return this.put({ ...token, expires_at: Math.min(...limits) });
  }

  /** Counts one use of a token whose uses are limited. @returns whether it was the last one */
  use(token: Token): boolean {
    if (token.num_uses === 0) return false;
    if (token.num_uses === 1) return true;
    this.put({ ...token, num_uses: token.num_uses - 1 });
    return false;
  }

  children(accessor: string): readonly Token[] {
    return this.all().filter(({ parent }) => parent === accessor);
  }

  /** Revokes a token and its children. @param options.orphans keeps the children, without a parent */
  revoke(accessor: string, options: { readonly orphans?: boolean } = {}): void {
    const token = this.byAccessor(accessor);
    if (token === undefined) return;
    for (const child of this.children(accessor)) {
      if (options.orphans) this.put({ ...child, parent: '', orphan: true });
      else this.revoke(child.accessor);
    }
    this.accessors.delete(token.token_sha256);
    this.store.delete(TYPE, accessor);
    this.onRevoked(accessor);
  }

  /** Revokes the tokens that have expired. */
  sweep(): void {
    const now = this.now();
    if (now < this.nextExpiry) return;
    const expired = this.all().filter(({ expires_at }) => expires_at > 0 && expires_at <= now);
    for (const { accessor } of expired) this.revoke(accessor);
    const times = this.all().map(({ expires_at }) => expires_at || Number.POSITIVE_INFINITY);
    this.nextExpiry = Math.min(Number.POSITIVE_INFINITY, ...times);
  }

  private keep(wanted: NewToken, secret: string, accessor: string): Token {
    const { creation_ttl } = wanted;
    return this.put({
      ...wanted,
      accessor,
      token_sha256: digest(secret),
      creation_time: Math.floor(this.now() / 1000),
      expires_at: creation_ttl === 0 ? 0 : this.now() + creation_ttl * 1000,
    });
  }

  private put(token: Token): Token {
    this.store.put(TYPE, token.accessor, { ...token });
    this.remember(token);
    return token;
  }

  private remember(token: Token): void {
    this.accessors.set(token.token_sha256, token.accessor);
    if (token.expires_at > 0) this.nextExpiry = Math.min(this.nextExpiry, token.expires_at);
  }
}
