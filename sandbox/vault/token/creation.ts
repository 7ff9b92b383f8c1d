import { type Backend, type Call, param } from '../core/route';
import { MAX_TTL_SECONDS, type NewToken } from '../core/tokens';
import { notSimulated } from '../core/unsimulated';
import { shortDuration } from '../request/duration';
import { type Answer, badRequest } from '../request/exchange';
import { grantedPolicies, matchesAny } from './policies';
import { type TokenRole, tokenRole } from './role';
import { authView } from './view';

interface Creation {
  readonly role?: TokenRole;
  readonly orphan: boolean;
}

/** The TTL of a new token in seconds, 0 for one that never expires, and Vault's warnings about it. */
function lifeOf(
  call: Call,
  { role }: Creation,
  policies: readonly string[],
): { ttl: number; period: number; explicitMaximum: number; warnings: readonly string[] } {
  const { fields } = call;
  const period = role?.token_period || fields.seconds('period');
  const maxima = [role?.token_explicit_max_ttl ?? 0, fields.seconds('explicit_max_ttl')].filter(
    (each) => each > 0,
  );
  const explicitMaximum = maxima.length === 0 ? 0 : Math.min(...maxima);
  const asked = fields.has('lease') && !fields.has('ttl') ? fields.seconds('lease') : fields.seconds('ttl');
  if (asked === 0 && period === 0 && explicitMaximum === 0 && policies.includes('root'))
    return { ttl: 0, period, explicitMaximum, warnings: [] };
  const longest = period > 0 ? Number.POSITIVE_INFINITY : MAX_TTL_SECONDS;
  const maximum = Math.min(longest, explicitMaximum || longest);
  const wanted = period || asked || MAX_TTL_SECONDS;
  const warnings =
    wanted > maximum && asked > 0
      ? [
          `TTL of "${shortDuration(asked)}" exceeded the effective max_ttl of "${shortDuration(maximum)}"; TTL value is capped accordingly`,
        ]
      : [];
  return { ttl: Math.min(wanted, maximum), period, explicitMaximum, warnings };
}

/** Refuses options that need root, or `sudo` on the path. */
function checkPrivileges(call: Call, sudo: boolean): void {
  const { fields } = call;
  if (sudo) return;
  if (fields.text('id') !== '') throw badRequest('root or sudo privileges required to specify token id');
  if (fields.seconds('period') > 0)
    throw badRequest('root or sudo privileges required to create periodic token');
  if (fields.flag('no_parent')) throw badRequest('root or sudo privileges required to create orphan token');
}

function checkId(call: Call, id: string): void {
  if (id.startsWith('s.')) throw badRequest("custom token ID cannot have the 's.' prefix");
  if (id.includes('.')) throw badRequest("custom token ID cannot have a '.' in the value");
  if (id !== '' && call.vault.tokens.find(id) !== undefined)
    throw badRequest('cannot create a token with a duplicate ID');
}

/** An alias that the role allows is accepted, and leads to no entity: those are not simulated. */
function checkEntityAlias({ fields }: Call, role: TokenRole | undefined): void {
  const alias = fields.text('entity_alias').toLowerCase();
  if (alias === '') return;
  if (role === undefined) throw badRequest("'entity_alias' is only allowed in combination with token role");
  if (
    !matchesAny(
      alias,
      role.allowed_entity_aliases.map((glob) => glob.toLowerCase()),
    )
  )
    throw badRequest("invalid 'entity_alias' value");
}

function create(call: Call, creation: Creation): Answer {
  const { vault, fields, caller, request } = call;
  if (caller === undefined) throw badRequest('parent token lookup failed');
  // A token with limited uses cannot create tokens, whose uses would not be limited by its own.
  if (caller.num_uses > 0) throw badRequest('restricted use token cannot generate child tokens');
  const sudo = vault.isSudo(caller, request.path);
  checkPrivileges(call, sudo);
  const id = fields.text('id');
  checkId(call, id);
  const type = fields.text('type') || 'service';
  if (type !== 'service')
    throw type === 'batch' ? notSimulated('batch tokens') : badRequest("invalid 'token_type' value");
  const { role } = creation;
  if (fields.count('num_uses') < 0) throw badRequest('number of uses cannot be negative');
  checkEntityAlias(call, role);
  const noDefault = fields.flag('no_default_policy');
  // Unlike in other fields, a text with commas is one policy.
  const named = fields.body.policies;
  const asked = typeof named === 'string' ? [named] : fields.list('policies');
  const policies = grantedPolicies(asked, noDefault, role, {
    policies: caller.policies,
    sudo,
  });
  const { ttl, period, explicitMaximum, warnings } = lifeOf(call, creation, policies);
  const orphan = creation.orphan || fields.flag('no_parent');
  const suffix = role?.path_suffix ? `/${role.path_suffix}` : '';
  const name = fields.text('display_name').replace(/[^A-Za-z0-9-]/g, '-');
  const wanted: NewToken = {
    policies,
    path: `${request.path}${suffix}`,
    display_name: name === '' ? 'token' : `token-${name}`,
    meta: fields.texts('meta') ?? fields.texts('metadata') ?? null,
    num_uses: role?.token_num_uses || fields.count('num_uses'),
    creation_ttl: ttl,
    explicit_max_ttl: explicitMaximum,
    period,
    renewable: ttl > 0 && (role?.renewable ?? true) && fields.flag('renewable', true),
    orphan,
    parent: orphan ? '' : caller.accessor,
    role: role?.role_name ?? '',
  };
  const { secret, token } = vault.tokens.create(wanted, ...(id === '' ? [] : [id]));
  const missing = policies.filter((policy) => !vault.policies.exists(policy));
  const custom =
    id === ''
      ? []
      : [
          'Supplying a custom ID for the token uses the weaker SHA1 hashing instead of the more secure SHA2-256 HMAC for token obfuscation. SHA1 hashed tokens on the wire leads to less secure lookups.',
        ];
  const all = [
    ...custom,
    ...warnings,
    ...missing.map((policy) => `Policy ${JSON.stringify(policy)} does not exist`),
  ];
  return { auth: authView(vault.tokens, token, secret), ...(all.length > 0 ? { warnings: all } : {}) };
}

/** The routes below `auth/token/` that create tokens. */
export const TOKEN_CREATION: Backend = [
  { path: /^create$/, write: (call) => create(call, { orphan: false }) },
  { path: /^create-orphan$/, write: (call) => create(call, { orphan: true }) },
  {
    path: /^create\/(?<role>[^/]+)$/,
    write: (call) => {
      const role = tokenRole(call, param(call, 'role'));
      if (role === undefined) throw badRequest(`unknown role ${param(call, 'role')}`);
      return create(call, { role, orphan: role.orphan });
    },
  },
];
