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

function route(path: RegExp, field: 'policy' | 'rules', doubled: { doubled?: true }): Route {
  return {
    path,
    ...doubled,
    read: (call) => {
      const text = call.vault.policies.text(nameIn(call));
      if (text === undefined) throw notFound();
      return { data: { name: nameIn(call), [field]: text } };
    },
    write: (call) => {
      const { fields } = call;
      const text = fields.text('policy') || (field === 'rules' ? fields.text('rules') : '');
      if (text === '') throw badRequest("'policy' parameter not supplied or empty");
      call.vault.policies.write(nameIn(call), decoded(text));
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
