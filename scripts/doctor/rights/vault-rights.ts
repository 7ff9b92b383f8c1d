import { compareTexts } from '../../../base/text/compare-texts';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Vault } from '../../../catalog/kinds/vault/vault';
import { kvPaths } from '../../../model/vault/kv-paths';
import type { Capability } from '../../../model/vault/policy';
import type { Purpose } from '../../kinds/rights';
import { permissionNeeds } from '../permission-needs';

/** Paths of the server's API, with the capabilities that a purpose needs there. */
export type VaultRights = ReadonlyMap<string, readonly Capability[]>;

/** What a purpose does at a Vault: plans and drift read; an apply writes, too. */
export function vaultRights(loaded: Loaded, vault: Vault, purpose: Purpose): VaultRights {
  const paths = new Map<string, Set<Capability>>();
  const add = (path: string, capabilities: readonly Capability[]) => {
    const all = paths.get(path) ?? new Set<Capability>();
    for (const one of capabilities) all.add(one);
    paths.set(path, all);
  };
  add('auth/token/lookup-self', ['read']);
  for (const { engine, path } of loaded.references)
    for (const one of kvPaths('read', `${engine}/${path}`, vault.mounts)) add(one, ['read']);
  for (const { path, capabilities, isRemoved } of permissionNeeds(loaded, vault)) {
    const reads = capabilities.filter((one) => one === 'read' || one === 'sudo');
    add(path, purpose === 'apply' ? [...capabilities, ...(isRemoved ? REMOVAL : [])] : reads);
  }
  return new Map(
    [...paths]
      .filter(([, capabilities]) => capabilities.size > 0)
      .sort(([a], [b]) => compareTexts(a, b))
      .map(([path, capabilities]) => [path, [...capabilities].sort(compareTexts)]),
  );
}

/** The policy of a token, in Vault's own form. */
export function vaultPolicy(rights: VaultRights): string {
  return [...rights]
    .map(([path, capabilities]) => {
      const names = capabilities.map((one) => JSON.stringify(one));
      return `path ${JSON.stringify(path)} {\n  capabilities = [${names.join(', ')}]\n}\n`;
    })
    .join('');
}

const REMOVAL: readonly Capability[] = ['delete'];
