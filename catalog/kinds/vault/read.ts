import { compareTexts } from '../../../base/text/compare-texts';
import type { Capability, PolicyRule } from '../../../model/vault/policy';
import type { VaultDraft } from '../../environment/drafts';
import type {
  Json,
  Vault,
  VaultAppRole,
  VaultAudit,
  VaultClaim,
  VaultMount,
  VaultPolicy,
  VaultUser,
} from '../../ground/catalog';
import type { ProblemList } from '../../ground/problem-list';
import { optional } from '../../shape/optional';
import { isList, isMap, Section } from '../../shape/section';
import { type MapNode, nodeAt, type Path } from '../../source/node';
import { reference } from '../aws-network/credentials';
import { DEFAULT_SECRET_ID_TTL_SECONDS, DEFAULT_TOKEN_TTL_SECONDS, VAULT } from './keys';

/** What every Vault of the controller has (domain.md §2A A1). */
const DEFAULT_MOUNTS: readonly VaultMount[] = [{ path: 'secret', version: 1, create: false }];

/** `vault`, or undefined when it is absent or no map. */
export function readVault(root: MapNode, problems: ProblemList): VaultDraft | undefined {
  const section = Section.read(root, ['vault'], VAULT, problems);
  if (!section) return undefined;
  const mounts = named(section, 'mounts', readMount);
  const presharedKeys = reference(section, 'preshared_keys');
  const auth = readAuth(section, problems);
  return {
    section,
    ...optional('address', section.text('address')),
    ...optional('namespace', section.text('namespace')),
    ...optional('caFile', section.text('ca_file')),
    server: section.text('server') === 'openbao' ? 'openbao' : 'vault',
    ...optional('auth', auth),
    mounts: namesSomething(root, ['vault', 'mounts']) ? mounts : DEFAULT_MOUNTS,
    policies: named(section, 'policies', readPolicy),
    users: named(section, 'users', readUser),
    approles: named(section, 'approles', readAppRole),
    audits: named(section, 'audits', readAudit),
    ...optional('presharedKeys', presharedKeys),
  };
}

/** A name whose entry is broken counts: the default does not stand in for it. */
function namesSomething(root: MapNode, path: Path): boolean {
  const node = nodeAt(root, path);
  return node?.kind === 'map' && node.keys.size > 0;
}

function readAuth(section: Section, problems: ProblemList): Vault['auth'] | undefined {
  const auth = section.section('auth');
  if (auth?.text('method') !== 'approle') {
    if (auth?.has('role_id')) {
      const message = 'belongs to method: approle, and the method is token';
      const mend = 'write method: approle, or remove it';
      problems.error('bad-auth', auth.pathOf('role_id'), message, auth.keyAt('role_id'), mend);
    }
    return { method: 'token' };
  }
  const roleId = auth.text('role_id');
  if (roleId !== undefined) return { method: 'approle', roleId };
  if (auth.has('role_id')) return undefined;
  const message = 'key "role_id" is missing: which role logs in';
  return problems.error('missing-key', auth.path, message, auth.keyAt('method'));
}

function readMount(path: string, mount: Section): VaultMount {
  const version = mount.number('version') === 2 ? 2 : 1;
  return {
    path,
    version,
    ...optional('description', mount.text('description')),
    create: mount.has('create'),
  };
}

function readPolicy(name: string, policy: Section): VaultPolicy {
  return {
    name,
    rules: (isList(policy.values.rules) ? policy.values.rules.filter(isMap) : []).flatMap(readRule),
    may: policy.texts('may').map(readClaim),
    mayNot: policy.texts('may_not').map(readClaim),
    create: policy.has('create'),
  };
}

/** None, where its shape has refused a part of it. */
function readRule({ path, capabilities }: { readonly [key: string]: Json }): readonly PolicyRule[] {
  if (typeof path !== 'string' || !Array.isArray(capabilities)) return [];
  return [{ path, capabilities: capabilities as readonly Capability[] }];
}

function readClaim(text: string): VaultClaim {
  const [capability, path] = text.split(' ');
  return { capability: capability as VaultClaim['capability'], path: path ?? '' };
}

function readUser(name: string, user: Section): VaultUser {
  return {
    name,
    role: user.text('role') === 'super' ? 'super' : 'regular',
    api: user.text('api') === 'readonly' ? 'readonly' : 'fullaccess',
    create: user.has('create'),
  };
}

function readAppRole(name: string, approle: Section): VaultAppRole {
  return {
    name,
    policies: approle.texts('policies'),
    tokenTtlSeconds: approle.number('token_ttl_seconds') ?? DEFAULT_TOKEN_TTL_SECONDS,
    secretIdTtlSeconds: approle.number('secret_id_ttl_seconds') ?? DEFAULT_SECRET_ID_TTL_SECONDS,
    create: approle.has('create'),
  };
}

function readAudit(path: string, audit: Section): VaultAudit {
  const type = audit.text('type');
  return {
    path,
    type: type === 'syslog' || type === 'socket' ? type : 'file',
    options: audit.textMap('options'),
    create: audit.has('create'),
  };
}

/** The good entries of a map of names, sorted. */
function named<T>(section: Section, key: string, read: (name: string, entry: Section) => T): readonly T[] {
  const all = section.section(key);
  return Object.keys(all?.values ?? {})
    .sort(compareTexts)
    .flatMap((name) => {
      const entry = all?.section(name);
      return entry ? [read(name, entry)] : [];
    });
}
