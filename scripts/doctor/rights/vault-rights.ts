import { compareTexts } from '../../../base/text/compare-texts';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Vault } from '../../../catalog/kinds/vault/vault';
import { kvPaths } from '../../../model/vault/kv-paths';
import type { Purpose } from '../../kinds/rights';
import { permissionNeeds } from '../permission-needs';

/** The policy of a token, in Vault's own form. Plans and drift read; an apply writes, too. */
export function vaultPolicy(loaded: Loaded, vault: Vault, purpose: Purpose): string {
  const paths = new Map<string, Set<string>>();
  const add = (path: string, capabilities: readonly string[]) => {
    const all = paths.get(path) ?? new Set<string>();
    for (const one of capabilities) all.add(one);
    paths.set(path, all);
  };
  add('auth/token/lookup-self', ['read']);
  for (const { engine, path } of Object.values(loaded.catalog.credentials).flatMap((all) =>
    Object.values(all),
  ))
    for (const one of kvPaths('read', `${engine}/${path}`, vault.mounts)) add(one, ['read']);
  for (const { path, capabilities } of permissionNeeds(loaded, vault)) {
    const reads = capabilities.filter((one) => one === 'read' || one === 'sudo');
    add(path, purpose === 'apply' ? [...capabilities, ...(removes(capabilities) ? ['delete'] : [])] : reads);
  }
  return [...paths]
    .filter(([, capabilities]) => capabilities.size > 0)
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([path, capabilities]) => {
      const names = [...capabilities].sort(compareTexts).map((one) => JSON.stringify(one));
      return `path ${JSON.stringify(path)} {\n  capabilities = [${names.join(', ')}]\n}\n`;
    })
    .join('');
}

/** What is made is removed one day. */
function removes(capabilities: readonly string[]): boolean {
  return capabilities.includes('create') || capabilities.includes('update');
}
