import { counted } from '../../../base/text/counted';
import type { Stack } from '../../../catalog/kinds/registry';
import { addressPart } from '../../../model/vault/address-part';
import { type Drawn, type KindScene, partsOf, siteId } from '../scene';

/** What a picture shows of a Vault. @param stack - absent where it exists, and nothing is made in it */
export function vaultScene({ loaded }: Drawn, stack?: Stack<'vault'>): KindScene {
  const { environment, site, kinds } = loaded.catalog;
  const { vault } = kinds;
  if (vault === undefined || stack?.gone) return { parts: [], links: [] };
  const { address, namespace, server, mounts, policies, users, approles, audits } = vault;
  const id = `${environment}/vault`;
  const part = partsOf(environment, stack?.id);
  const counts = [
    [policies.length, 'policy', 'policies'],
    [users.length, 'user', 'users'],
    [approles.length, 'AppRole', 'AppRoles'],
    [audits.length, 'audit device', 'audit devices'],
  ] as const;
  const has = counts.filter(([count]) => count > 0).map(([count, one, many]) => counted(count, one, many));
  return {
    parts: [
      part(id, 'server', server === 'openbao' ? 'OpenBao' : 'Vault', {
        lines: [
          address,
          ...(namespace === undefined ? [] : [`namespace ${namespace}`]),
          ...(has.length === 0 ? [] : [has.join(', ')]),
        ],
        ...(site === undefined ? {} : { within: siteId(site) }),
        resources: [],
      }),
      ...mounts.map(({ path, version, create, born = path }) => ({
        ...part(`${id}/mounts/${path}`, 'service', `Mount ${path}`, {
          lines: [`KV v${version}${create ? '' : ', exists already'}`],
          within: id,
          resources: [`vault_mount.Mounts_${addressPart(born)}`],
        }),
      })),
    ],
    links: [],
  };
}
