import type { PolicySettings } from '../core/policies';
import { type Backend, type Call, param, type Route } from '../core/route';
import { badRequest, notFound } from '../request/exchange';

/** The text of a policy, which a request may encode in Base64. */
function decoded(text: string): string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return text;
  return Buffer.from(text, 'base64').toString('utf8');
}

function nameIn(call: Call): string {
  return param(call, 'name').toLowerCase();
}

/** OpenBao's settings in the body; Vault does not read them. */
function settingsIn({ fields, vault }: Call): PolicySettings {
  if (vault.kind !== 'openbao') return {};
  const expiresAt = fields.has('expiration')
    ? Date.parse(fields.text('expiration'))
    : fields.has('ttl')
      ? vault.now() + fields.seconds('ttl') * 1000
      : undefined;
  if (Number.isNaN(expiresAt)) throw badRequest('invalid expiration time');
  return {
    ...(typeof fields.body.cas === 'number' ? { cas: fields.body.cas } : {}),
    ...(fields.has('cas_required') ? { cas_required: fields.flag('cas_required') } : {}),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

function route(path: RegExp, field: 'policy' | 'rules', doubled: { doubled?: true }): Route {
  return {
    path,
    ...doubled,
    read: (call) => {
      const text = call.vault.policies.text(nameIn(call));
      if (text === undefined) throw notFound();
      const metadata = call.vault.kind === 'openbao' ? call.vault.policies.metadata(nameIn(call)) : {};
      return { data: { ...metadata, name: nameIn(call), [field]: text } };
    },
    write: (call) => {
      const { fields } = call;
      const text = fields.text('policy') || (field === 'rules' ? fields.text('rules') : '');
      if (text === '') throw badRequest("'policy' parameter not supplied or empty");
      call.vault.policies.write(nameIn(call), decoded(text), settingsIn(call));
      if (fields.has('policy')) return undefined;
      return { warnings: ["'rules' is deprecated, please use 'policy' instead"] };
    },
    delete: (call) => {
      call.vault.policies.delete(nameIn(call));
      return undefined;
    },
  };
}

/** The routes of policies at `sys/policies/acl`, and at `sys/policy` for older clients. */
export const SYS_POLICIES: Backend = [
  {
    path: /^policies\/acl\/?$/,
    list: ({ vault }) => ({ data: { keys: vault.policies.names() } }),
  },
  route(/^policies\/acl\/(?<name>.+)$/s, 'policy', {}),
  {
    path: /^policy\/?$/,
    doubled: true,
    read: ({ vault }) => ({ data: { keys: vault.policies.names(), policies: vault.policies.names() } }),
    list: ({ vault }) => ({ data: { keys: vault.policies.names(), policies: vault.policies.names() } }),
  },
  route(/^policy\/(?<name>.+)$/s, 'rules', { doubled: true }),
];
