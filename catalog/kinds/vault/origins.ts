import { addressPart } from '../../../model/vault/address-part';
import type { Path } from '../../ground/path';
import type { Place } from '../../source/place';
import type { Origins } from '../origins';

/** The sections of `vault` whose resources bear their names, by the beginning of the resource's name. */
const SECTIONS: Readonly<Record<string, string>> = {
  Mounts: 'mounts',
  Policies: 'policies',
  AppRoles: 'approles',
  Audits: 'audits',
};

/** What of the section `vault` makes the resources of its stack. */
export const vaultOrigins: Origins = ({ type, name, attribute = '' }, _, root) => {
  const vault = root.below('vault');
  const [, group = '', part = ''] = /^([A-Za-z]+)_(.+)$/.exec(name) ?? [];
  if (type === 'provider')
    return [['vault', attribute === 'ca_cert_file' ? 'ca_file' : 'address'], ['vault']];
  const section = SECTIONS[group];
  if (section !== undefined) {
    const key = vault.below(section).names.find((one) => addressPart(one) === part);
    const named: Path = key === undefined ? ['vault', section] : ['vault', section, key];
    return [
      ...(key === undefined ? [] : inside(root, named, attribute)),
      named,
      ['vault', section],
      ['vault'],
    ];
  }
  if (group === 'UserPolicies' || group === 'TokenRoles') {
    const user = userOf(vault.below('users'), part);
    return [...(user === undefined ? [] : [['vault', 'users', user]]), ['vault', 'users'], ['vault']];
  }
  return [['vault', 'approles'], ['vault']].filter((_path, index) => index > 0 || name === 'AppRoleLogin');
};

/** Below a named thing: `policy.secret/data/a` is a rule of a policy, whose path is written without `data/`. */
function inside(root: Place, named: Path, attribute: string): readonly Path[] {
  if (attribute.startsWith('policy.')) {
    const asked = unversioned(attribute.slice('policy.'.length));
    const rules = root.below(...named, 'rules').items;
    const index = rules.findIndex((rule) => unversioned(rule.below('path').text ?? '') === asked);
    return index < 0 ? [] : [[...named, 'rules', index]];
  }
  if (attribute === 'token_policies') return [[...named, 'policies']];
  if (attribute === 'token_ttl' || attribute === 'token_max_ttl') return [[...named, 'token_ttl_seconds']];
  if (attribute === 'secret_id_ttl') return [[...named, 'secret_id_ttl_seconds']];
  return [];
}

/** A path as a catalog writes it: in KV version 2 the server puts `data/` and the like between. */
function unversioned(path: string): string {
  return path.replace(/^\//, '').replace(/\/(data|metadata|delete|undelete|destroy|subkeys)\//, '/');
}

/** A user of the kind that a policy is made for: `super-readonly`. */
function userOf(users: Place, kind: string): string | undefined {
  return users.names.find((name) => {
    const user = users.below(name);
    return `${user.below('role').text ?? 'regular'}-${user.below('api').text ?? 'fullaccess'}` === kind;
  });
}
