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
      ...(key === undefined ? [] : inside([...named], attribute)),
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

/** Below a named thing: `rules.2` is a rule of a policy. */
function inside(named: Path, attribute: string): readonly Path[] {
  const rule = /^rules\.(\d+)/.exec(attribute)?.[1];
  if (rule !== undefined) return [[...named, 'rules', Number(rule)]];
  if (attribute === 'token_policies') return [[...named, 'policies']];
  if (attribute === 'token_ttl' || attribute === 'token_max_ttl') return [[...named, 'token_ttl_seconds']];
  if (attribute === 'secret_id_ttl') return [[...named, 'secret_id_ttl_seconds']];
  return [];
}

/** A user of the kind that a policy is made for: `super-readonly`. */
function userOf(users: Place, kind: string): string | undefined {
  return users.names.find((name) => {
    const user = users.below(name);
    return `${user.below('role').text ?? 'regular'}-${user.below('api').text ?? 'fullaccess'}` === kind;
  });
}
