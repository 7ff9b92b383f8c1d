import { type Answer, type JsonObject, objectOf, textOf, texts } from './answer';
import { encoded, type VaultServer } from './server';
import { shortened } from './shortened';
import { VaultError } from './vault-error';

/** What a server knows about a token. The token itself is not in it. */
export interface TokenFacts {
  readonly accessor: string;
  readonly displayName: string;
  /** The user that `kakehashi token create` made it for, from its metadata. */
  readonly user?: string;
  /** The environment that `kakehashi token create` made it in, from its metadata; absent in older tokens. */
  readonly environment?: string;
  /** The token role that it was made from. */
  readonly role?: string;
  /** Names of its policies, sorted. */
  readonly policies: readonly string[];
  /** How long it remains valid; undefined for a token that never expires, as a root token may. */
  readonly remainingSeconds?: number;
  readonly renewable: boolean;
  /** Whether it outlives the token that made it. */
  readonly orphan: boolean;
}

export interface TokenRequest {
  readonly user: string;
  /** The environment whose user it is. @default - none is named */
  readonly environment?: string;
  /** The token role, which decides its policies. @default - none; `policies` are requested */
  readonly role?: string;
  readonly policies?: readonly string[];
  readonly ttlSeconds?: number;
}

/** A token that was just created. */
export interface NewToken {
  readonly token: string;
  readonly accessor: string;
  readonly policies: readonly string[];
  readonly ttlSeconds: number;
  readonly orphan: boolean;
}

/** The server's tokens: they are created, and looked up and revoked by accessor. */
export class Tokens {
  constructor(private readonly server: VaultServer) {}

  /** Looks up the client's own token. @throws {@link VaultError} with `denied` where it is valid and may not look itself up */
  async self(): Promise<TokenFacts> {
    const asked = { what: 'auth/token/lookup-self', act: 'looking at the own token' };
    return factsOf(await this.server.ask('GET', 'auth/token/lookup-self', asked));
  }

  /** The capabilities of the client's own token by path. @throws {@link VaultError} */
  async capabilities(paths: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const asked = { what: 'sys/capabilities-self', act: 'asking what the own token may do' };
    const answer = await this.server.ask('POST', 'sys/capabilities-self', asked, { body: { paths } });
    return new Map(paths.map((path) => [path, texts(answer.data[path])]));
  }

  /** Lists the accessors of all tokens, sorted. @throws {@link VaultError} */
  async accessors(): Promise<readonly string[]> {
    const asked = { what: 'auth/token/accessors', act: 'listing tokens' };
    const answer = await this.server.ask('GET', 'auth/token/accessors/?list=true', asked);
    return [...texts(answer.data.keys)].sort();
  }

  /** Looks up a token by its accessor; undefined where there is no such token. @throws {@link VaultError} */
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

  /** Revokes a token and its children, and with them their cubbyholes. @throws {@link VaultError}, also when there is no such token */
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
   * Creates a token. One with a policy that does not exist is revoked at once, because it could do nothing.
   *
   * @throws {@link VaultError}
   */
  async create(request: TokenRequest): Promise<NewToken> {
    const { user, environment, role, policies, ttlSeconds } = request;
    const path = role === undefined ? 'auth/token/create' : `auth/token/create/${encoded(role)}`;
    const asked = { what: path, act: `creating a token for ${user}` };
    const answer = await this.server.ask('POST', path, asked, {
      body: {
        display_name: user,
        meta: { user, ...(environment === undefined ? {} : { environment }) },
        // Without the policy `default`, unless it is named: the flag would remove it from the named ones too.
        ...(policies === undefined ? {} : { policies, no_default_policy: !policies.includes('default') }),
        ...(ttlSeconds === undefined ? {} : { ttl: `${ttlSeconds}s` }),
      },
      accept: [400, 403],
    });
    if (answer.errors.some((text) => /unknown role/i.test(text))) throw unknownRole(role ?? '');
    if (answer.status >= 400) {
      const refused = this.server.refusal(answer, asked);
      throw refused.code === 'denied' ? mayNotMake(role) : refused;
    }
    const made = newTokenOf(answer);
    if (made === undefined)
      throw new VaultError('not-vault', { where: path, summary: 'the answer holds no token' });
    this.server.options.masks.add(made.token);
    const lacking = answer.warnings.find((warning) => /does not exist/i.test(warning));
    if (lacking !== undefined) {
      await this.revoke(made.accessor);
      throw new VaultError('refused', {
        where: path,
        summary: shortened(lacking).replace(/^Policy/, 'policy'),
        fixes: ['name one that exists, see: vault policy list'],
      });
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
  const meta = objectOf(data.meta);
  const user = textOf(meta?.user);
  const environment = textOf(meta?.environment);
  const role = textOf(data.role);
  const forEver = data.expire_time === null || data.expire_time === undefined;
  return {
    accessor: textOf(data.accessor) ?? '',
    displayName: textOf(data.display_name) ?? '',
    ...(user === undefined ? {} : { user }),
    ...(environment === undefined ? {} : { environment }),
    ...(role === undefined ? {} : { role }),
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

/** Whether a token with this accessor is unknown. A look-up refuses, a revocation answers 200 with a warning (Vault 1.21.4). */
function isUnknownAccessor({ errors, warnings }: Answer): boolean {
  return [...errors, ...warnings].some((text) => /invalid accessor|no token found/i.test(text));
}

function unknownAccessor(accessor: string): VaultError {
  return new VaultError('missing', {
    where: `token ${shortened(accessor, 60)}`,
    summary: 'there is no token with this accessor',
    fixes: [{ text: 'see', command: 'token list' }],
  });
}

function unknownRole(role: string): VaultError {
  return new VaultError('missing', {
    where: `token role ${role}`,
    summary: 'the server has no such role',
    fixes: ['apply the environment that creates it', 'give policies: --policy'],
  });
}

/** The policies of the token in use refuse. A role that is not there looks the same, where they do not name it. */
function mayNotMake(role: string | undefined): VaultError {
  const [where, summary] =
    role === undefined
      ? [
          'auth/token/create',
          'your token may not make tokens with policies of your choice (a super user makes them from token roles only)',
        ]
      : [
          `token role ${role}`,
          'your token may not make tokens from it (a super user may from those that its environment has applied and that can do no more than itself)',
        ];
  return new VaultError('denied', { where, summary, fixes: ['use a token that may'] });
}
