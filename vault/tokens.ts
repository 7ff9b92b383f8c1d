import { type Answer, type JsonObject, objectOf, textOf, texts } from './answer';
import { encoded, type VaultServer } from './server';
import { shortened, VaultError } from './vault-error';

/** What a server knows about a token; never the token. */
export interface TokenFacts {
  readonly accessor: string;
  readonly displayName: string;
  /** The user that it was made for by us, from its metadata. */
  readonly user?: string;
  /** Sorted. */
  readonly policies: readonly string[];
  /** How long it lives still; undefined: for ever, as a root token may. */
  readonly remainingSeconds?: number;
  readonly renewable: boolean;
  /** Whether it outlives the token that made it. */
  readonly orphan: boolean;
}

export interface TokenRequest {
  readonly user: string;
  /** A token role, which decides its policies. @default - none; `policies` are asked for */
  readonly role?: string;
  readonly policies?: readonly string[];
  readonly ttlSeconds?: number;
}

/** A token that was made just now. */
export interface NewToken {
  readonly token: string;
  readonly accessor: string;
  readonly policies: readonly string[];
  readonly ttlSeconds: number;
  readonly orphan: boolean;
}

/** The server's tokens: made, looked up and revoked, the latter two by accessor. */
export class Tokens {
  constructor(private readonly server: VaultServer) {}

  /** What our own token is. @throws {@link VaultError} with `denied` where it is valid and may not look at itself */
  async self(): Promise<TokenFacts> {
    const asked = { what: 'auth/token/lookup-self', act: 'looking at the own token' };
    return factsOf(await this.server.ask('GET', 'auth/token/lookup-self', asked));
  }

  /** What our own token may do, by path. @throws {@link VaultError} */
  async capabilities(paths: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const asked = { what: 'sys/capabilities-self', act: 'asking what the own token may do' };
    const answer = await this.server.ask('POST', 'sys/capabilities-self', asked, { body: { paths } });
    return new Map(paths.map((path) => [path, texts(answer.data[path])]));
  }

  /** Accessors of all tokens, sorted. @throws {@link VaultError} */
  async accessors(): Promise<readonly string[]> {
    const asked = { what: 'auth/token/accessors', act: 'listing tokens' };
    const answer = await this.server.ask('GET', 'auth/token/accessors/?list=true', asked);
    return [...texts(answer.data.keys)].sort();
  }

  /** A token by its accessor, or undefined where there is none (any more). @throws {@link VaultError} */
  async byAccessor(accessor: string): Promise<TokenFacts | undefined> {
    const asked = { what: 'auth/token/lookup-accessor', act: 'looking at a token' };
    const answer = await this.server.ask('POST', 'auth/token/lookup-accessor', asked, {
      body: { accessor },
      accept: [400, 403, 404],
    });
    if (answer.status < 400) return factsOf(answer);
    if (isUnknownAccessor(answer)) return undefined;
    throw this.server.refusal(answer, asked);
  }

  /** Ends a token and its children, and with them their cubbyholes. @throws {@link VaultError} also where there is none */
  async revoke(accessor: string): Promise<void> {
    const asked = { what: 'auth/token/revoke-accessor', act: 'revoking a token' };
    const answer = await this.server.ask('POST', 'auth/token/revoke-accessor', asked, {
      body: { accessor },
      accept: [400, 403, 404],
    });
    const none = isUnknownAccessor(answer);
    if (answer.status < 400 && !none) return;
    throw none ? unknownAccessor(accessor) : this.server.refusal(answer, asked);
  }

  /**
   * Makes a token. One with a policy that does not exist is revoked again at once: it could do nothing.
   *
   * @throws {@link VaultError}
   */
  async create(request: TokenRequest): Promise<NewToken> {
    const { user, role, policies, ttlSeconds } = request;
    const path = role === undefined ? 'auth/token/create' : `auth/token/create/${encoded(role)}`;
    const asked = { what: path, act: `making a token for ${user}` };
    const answer = await this.server.ask('POST', path, asked, {
      body: {
        display_name: user,
        meta: { user },
        // Without `default`, unless it is asked for by name: the flag takes it out also where it is.
        ...(policies === undefined ? {} : { policies, no_default_policy: !policies.includes('default') }),
        ...(ttlSeconds === undefined ? {} : { ttl: `${ttlSeconds}s` }),
      },
      accept: [400, 403],
    });
    if (answer.errors.some((words) => /unknown role/i.test(words))) throw unknownRole(role ?? '');
    if (answer.status >= 400) {
      const refused = this.server.refusal(answer, asked);
      throw refused.trouble === 'denied' ? mayNotMake(role) : refused;
    }
    const made = newTokenOf(answer);
    if (made === undefined) throw new VaultError('not-vault', `${path}: the answer holds no token`);
    this.server.options.masks.add(made.token);
    const lacking = answer.warnings.find((warning) => /does not exist/i.test(warning));
    if (lacking !== undefined) {
      await this.revoke(made.accessor);
      throw new VaultError(
        'refused',
        `${path}: ${shortened(lacking).replace(/^Policy/, 'policy')}; name one that does, see: vault policy list`,
      );
    }
    return made;
  }
}

function newTokenOf({ auth = {} }: Answer): NewToken | undefined {
  const token = textOf(auth.client_token);
  const accessor = textOf(auth.accessor);
  if (token === undefined || accessor === undefined) return undefined;
  return {
    token,
    accessor,
    policies: [...texts(auth.policies)].sort(),
    ttlSeconds: typeof auth.lease_duration === 'number' ? auth.lease_duration : 0,
    orphan: auth.orphan === true,
  };
}

function factsOf({ data }: Answer): TokenFacts {
  const user = textOf(objectOf(data.meta)?.user);
  const forEver = data.expire_time === null || data.expire_time === undefined;
  return {
    accessor: textOf(data.accessor) ?? '',
    displayName: textOf(data.display_name) ?? '',
    ...(user === undefined ? {} : { user }),
    policies: [...texts(data.policies), ...texts(data.identity_policies)].sort(),
    ...(forEver ? {} : { remainingSeconds: numberOf(data, 'ttl') }),
    renewable: data.renewable === true,
    orphan: data.orphan === true,
  };
}

function numberOf(data: JsonObject, key: string): number {
  const value = data[key];
  return typeof value === 'number' ? value : 0;
}

/** A look-up refuses, a revocation answers 200 with a warning (Vault 1.21.4). */
function isUnknownAccessor({ errors, warnings }: Answer): boolean {
  return [...errors, ...warnings].some((words) => /invalid accessor|no token found/i.test(words));
}

function unknownAccessor(accessor: string): VaultError {
  return new VaultError(
    'missing',
    `token ${shortened(accessor, 60)}: there is no token with this accessor; see: kakehashi token list`,
  );
}

function unknownRole(role: string): VaultError {
  return new VaultError(
    'missing',
    `token role ${role}: there is none on the server; apply the environment that makes it, or give policies: --policy`,
  );
}

/** The policies of the token in use refuse. A role that is not there looks the same, where they do not name it. */
function mayNotMake(role: string | undefined): VaultError {
  return role === undefined
    ? new VaultError(
        'denied',
        'auth/token/create: your token may not make tokens with policies of your choice (a super user makes them from token roles only); use a token that may',
      )
    : new VaultError(
        'denied',
        `token role ${role}: your token may not make tokens from it (a super user may from those that its environment has applied and that can do no more than itself); use a token that may`,
      );
}
