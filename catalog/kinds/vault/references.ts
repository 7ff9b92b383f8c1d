import { didYouMean } from '../../../base/text/nearest';
import { mountOf } from '../../../model/vault/kv-paths';
import { CUBBYHOLE, NO_ENGINES, SecretReference } from '../../../model/vault/secret-reference';
import type { EnvironmentDraft } from '../../environment/drafts';
import type { VaultMount } from '../../ground/catalog';
import type { Position } from '../../ground/problem';
import type { ProblemList } from '../../ground/problem-list';
import { formatProblem } from '../../shape/read';
import { keyPositionAt, nodeAt, type Path } from '../../source/node';
import { SECRET_REFERENCE } from './formats';

/** A reference with where it stands. */
interface Place {
  readonly reference: SecretReference;
  readonly path: Path;
  readonly position: Position;
  readonly kind: 'credential' | 'folder';
}

/** Every reference of a catalog against its Vault: that there is one, that the engine is known, and that it can be read. */
export function checkReferences(draft: EnvironmentDraft, problems: ProblemList): void {
  const places = placesOf(draft);
  const [first] = places;
  if (first && !draft.root.keys.has('vault')) {
    const message = `key "vault" is missing: the server in which ${first.reference} is kept`;
    const mend = 'write vault: { address: https://10.0.2.15:8443 }';
    problems.error('missing-key', first.path, message, keyPositionAt(draft.root, first.path), mend);
  }
  if (!draft.vault) return;
  for (const place of places) {
    if (place.reference.isCubbyhole) checkCubbyhole(place, draft, problems);
    else checkEngine(place, draft.vault.mounts, problems);
  }
}

/** Read where they stand, so that one is checked also where the other half of its credential is wrong. */
function placesOf({ root }: EnvironmentDraft): readonly Place[] {
  const place = (kind: Place['kind'], ...path: Path): readonly Place[] => {
    const node = nodeAt(root, path);
    const text = node?.kind === 'scalar' ? String(node.value) : '';
    if (!node || formatProblem(text, SECRET_REFERENCE)) return [];
    return [{ reference: SecretReference.parse(text), path, position: node.position, kind }];
  };
  return [
    ...place('credential', 'providers', 'aws', 'access_key'),
    ...place('credential', 'providers', 'aws', 'secret_key'),
    ...place('credential', 'providers', 'aws', 'token'),
    ...place('folder', 'vault', 'preshared_keys'),
  ];
}

/** What is in a cubbyhole is the token's alone, and goes with it (domain.md §2A A1). */
function checkCubbyhole(
  { path, position, kind }: Place,
  { vault }: EnvironmentDraft,
  problems: ProblemList,
): void {
  if (kind === 'folder') {
    const message = 'keys of connections must outlive a token, and a cubbyhole vanishes with its own';
    const mend = 'keep them in an engine that all users share: vault://secret/vpn';
    problems.error('cubbyhole-keys', path, message, position, mend);
  } else if (vault?.auth?.method === 'approle') {
    const message = "an AppRole's cubbyhole is always empty: each log-in is a new token with its own";
    const mend = 'keep it in secret, or use auth: { method: token }';
    problems.error('cubbyhole-approle', path, message, position, mend);
  }
}

function checkEngine(
  { reference, path, position }: Place,
  mounts: readonly VaultMount[],
  problems: ProblemList,
): void {
  const { engine } = reference;
  const refuse = (code: string, message: string, mend?: string): undefined =>
    problems.error(code, path, message, position, mend);
  const names = mounts.map((mount) => mount.path);
  const whole = `${engine}/${reference.path}`;
  const mount = mountOf(whole, mounts);
  if (mount) {
    const [, side, rest] = /^(data|metadata)\/(.+)$/.exec(whole.slice(mount.path.length + 1)) ?? [];
    if (mount.version === 1 || side === undefined) return;
    const message = `${mount.path} is a KV v2 mount, where ${side}/ comes by itself; did you mean "vault://${mount.path}/${rest}"?`;
    refuse('versioned-path', message);
    return;
  }
  if (NO_ENGINES.has(engine)) {
    refuse('bad-engine', `${engine} keeps no secrets, got ${reference}`, `mounts: ${names.join(', ')}`);
    return;
  }
  const hint = didYouMean(engine, [...names, CUBBYHOLE]);
  if (hint !== '') {
    const message = `there is no mount "${engine}" in the catalog${hint}`;
    refuse('unknown-mount', message, `where it exists already, declare it: mounts: { ${engine}: {} }`);
  } else {
    const message = `${engine} is no mount of the catalog: taken to exist in Vault, as KV v1`;
    problems.note('assumed-mount', path, message, position);
  }
}
