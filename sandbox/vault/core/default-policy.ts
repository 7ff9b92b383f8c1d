/**
 * The rules of Vault's policy `default`: a token may look up, renew and revoke itself, unwrap responses, and use its cubbyhole
 * (Vault's documentation, "Policies", "Default policy"). Paths of identity and control groups are left out, because they are
 * not simulated.
 */
const RULES: Readonly<Record<string, readonly string[]>> = {
  'auth/token/lookup-self': ['read'],
  'auth/token/renew-self': ['update'],
  'auth/token/revoke-self': ['update'],
  'sys/capabilities-self': ['update'],
  'sys/internal/ui/resultant-acl': ['read'],
  'sys/renew': ['update'],
  'sys/leases/renew': ['update'],
  'sys/leases/lookup': ['update'],
  'cubbyhole/*': ['create', 'read', 'update', 'delete', 'list'],
  'sys/wrapping/wrap': ['update'],
  'sys/wrapping/lookup': ['update'],
  'sys/wrapping/unwrap': ['update'],
  'sys/tools/hash': ['update'],
  'sys/tools/hash/*': ['update'],
};

/** The policy of a wrapping token, which can only unwrap its response. */
export const WRAPPING_POLICY = 'response-wrapping';

function text(rules: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(rules)
    .map(([path, capabilities]) => `path "${path}" {\n  capabilities = ${JSON.stringify(capabilities)}\n}\n`)
    .join('\n');
}

/** Policies that every server has. Only `default` of them can be changed. */
export const BUILT_IN_POLICIES: Readonly<Record<string, string>> = {
  default: text(RULES),
  [WRAPPING_POLICY]: text({ 'cubbyhole/response': ['create', 'read'], 'sys/wrapping/unwrap': ['update'] }),
};
