import { type Call, param, type Route } from '../core/route';
import { type Answer, badRequest, type Json, notFound, oneError, VaultError } from '../request/exchange';
import { type AppRole, appRole, newAppRole, writtenAppRole } from './role';

/** A field of a role with a path of its own, as in `role/ci/policies`. */
interface RoleField {
  readonly path: string;
  readonly field: keyof AppRole & string;
  /** The name that older clients use for it. */
  readonly older?: string;
}

const FIELDS: readonly RoleField[] = [
  { path: 'policies', field: 'token_policies', older: 'policies' },
  { path: 'bind-secret-id', field: 'bind_secret_id' },
  { path: 'secret-id-bound-cidrs', field: 'secret_id_bound_cidrs' },
  { path: 'secret-id-num-uses', field: 'secret_id_num_uses' },
  { path: 'secret-id-ttl', field: 'secret_id_ttl' },
  { path: 'token-bound-cidrs', field: 'token_bound_cidrs' },
  { path: 'token-num-uses', field: 'token_num_uses' },
  { path: 'token-ttl', field: 'token_ttl' },
  { path: 'token-max-ttl', field: 'token_max_ttl' },
  { path: 'period', field: 'token_period', older: 'period' },
];

function shown(value: unknown): unknown {
  return Array.isArray(value) && value.length === 0 ? null : value;
}

function read(call: Call, { field }: RoleField): Answer {
  const role = appRole(call, param(call, 'role'));
  if (role === undefined) throw notFound();
  const data: Json = { [field]: field === 'token_policies' ? role[field] : shown(role[field]) };
  return { data };
}

function write(call: Call, { field, older = field }: RoleField, save: (role: AppRole) => undefined): Answer {
  const role = appRole(call, param(call, 'role'));
  if (role === undefined) throw new VaultError(404, oneError('unsupported path'));
  if (!call.fields.has(field) && !call.fields.has(older)) throw badRequest(`missing ${field}`);
  return save({ ...role, [field]: writtenAppRole(call.fields, role)[field] });
}

/** The routes of the fields of a role. To delete one is to give it its default. */
export function roleFieldRoutes(save: (call: Call, role: AppRole) => undefined): readonly Route[] {
  return [
    ...FIELDS.map(
      (field): Route => ({
        path: new RegExp(`^role/(?<role>[^/]+)/${field.path}$`),
        read: (call) => read(call, field),
        write: (call) => write(call, field, (role) => save(call, role)),
        delete: (call) => {
          const role = appRole(call, param(call, 'role'));
          if (role === undefined) return undefined;
          return save(call, { ...role, [field.field]: newAppRole(call.mount, role.role_name)[field.field] });
        },
      }),
    ),
    {
      path: /^role\/(?<role>[^/]+)\/local-secret-ids$/,
      read: (call) => {
        if (appRole(call, param(call, 'role')) === undefined) throw notFound();
        return { data: { local_secret_ids: false } };
      },
    },
  ];
}
