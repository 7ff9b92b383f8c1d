import { nearest } from '../../../base/text/nearest';
import { mountOf } from '../../../model/vault/kv-paths';
import { CUBBYHOLE, NO_ENGINES } from '../../../model/vault/secret-reference';
import type { ReferenceClaim } from '../../ground/claims';
import type { ProblemList } from '../../ground/problem-list';
import type { VaultDraft } from './read';
import type { VaultMount } from './vault';

/** Checks every reference of a catalog against its Vault: that the engine is known, and that it can be read. */
export function checkReferences(
  vault: VaultDraft,
  references: readonly ReferenceClaim[],
  problems: ProblemList,
): void {
  for (const claim of references) {
    if (claim.reference.isCubbyhole) checkCubbyhole(claim, vault, problems);
    else checkEngine(claim, vault.mounts, problems);
  }
}

/** Reports references in a catalog that says of no Vault. */
export function checkVaultIsThere(references: readonly ReferenceClaim[], problems: ProblemList): void {
  const [first] = references;
  if (!first) return;
  const message = `key "vault" is missing: the server in which ${first.reference} is kept`;
  problems.error('missing-key', first.keyWhere, message, 'write vault: { address: https://10.0.2.15:8443 }');
}

/** A token's cubbyhole is its own alone, and goes with it. */
function checkCubbyhole({ where, kind }: ReferenceClaim, { auth }: VaultDraft, problems: ProblemList): void {
  if (kind === 'folder') {
    const message = 'keys of connections must outlive a token, and a cubbyhole vanishes with its own';
    const fix = 'keep them in an engine that all users share: vault://secret/vpn';
    problems.error('cubbyhole-keys', where, message, fix);
  } else if (auth?.method === 'approle') {
    const message = "an AppRole's cubbyhole is always empty: each log-in is a new token with its own";
    const fix = 'keep it in secret, or use auth: { method: token }';
    problems.error('cubbyhole-approle', where, message, fix);
  }
}

function checkEngine(
  { reference, where }: ReferenceClaim,
  mounts: readonly VaultMount[],
  problems: ProblemList,
): void {
  const { engine } = reference;
  const names = mounts.map((mount) => mount.path);
  const whole = `${engine}/${reference.path}`;
  const mount = mountOf(whole, mounts);
  if (mount) {
    const [, side, rest] = /^(data|metadata)\/(.+)$/.exec(whole.slice(mount.path.length + 1)) ?? [];
    if (mount.version === 1 || side === undefined) return;
    const must = `${mount.path} is a KV v2 mount, where ${side}/ comes by itself`;
    problems.error('versioned-path', where, { must, suggestion: `vault://${mount.path}/${rest}` });
    return;
  }
  if (NO_ENGINES.has(engine)) {
    const statement = { must: `${engine} keeps no secrets`, got: String(reference) };
    problems.error('bad-engine', where, statement, `mounts: ${names.join(', ')}`);
    return;
  }
  const suggestion = nearest(engine, [...names, CUBBYHOLE]);
  if (suggestion !== undefined) {
    const must = `there is no mount "${engine}" in the catalog`;
    const fix = `where it exists already, declare it: mounts: { ${engine}: {} }`;
    problems.error('unknown-mount', where, { must, suggestion }, fix);
  } else {
    const message = `${engine} is no mount of the catalog: taken to exist in Vault, as KV v1`;
    problems.note('assumed-mount', where, message);
  }
}
