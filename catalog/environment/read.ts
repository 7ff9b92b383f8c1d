import path from 'node:path';
import { editDistance } from '../../base/text/nearest';
import { KNOWN_PROVIDERS } from '../adopted/keys';
import { readAdopted } from '../adopted/read';
import type { AdoptedEntry } from '../ground/catalog';
import type { ProblemList } from '../ground/problem-list';
import { vaultMembers } from '../ground/stacks';
import { readNetworks } from '../kinds/aws-network/networks';
import { readVault } from '../kinds/vault/read';
import { ENVIRONMENT_NAME } from '../shape/formats';
import { checkShape, formatProblem } from '../shape/read';
import { describe, type MapKey, type MapNode, quoted } from '../source/node';
import type { EnvironmentDraft, NetworkDraft } from './drafts';
import { RESERVED_SECTIONS, ROOT_KEYS } from './keys';
import { readAwsSettings, readBackend, readSite } from './settings';

/** The environment's name: what the file says, else the file's own name. */
export function environmentName(file: string, root: MapNode | undefined): string {
  const named = root?.keys.get('environment')?.value;
  if (named?.kind === 'scalar' && typeof named.value === 'string' && named.value !== '') return named.value;
  return path.basename(file).replace(/\.ya?ml$/, '');
}

/** Reads one environment's merged file; all that is wrong within it is reported. */
export function readEnvironment(file: string, root: MapNode, problems: ProblemList): EnvironmentDraft {
  checkVersion(root, problems);
  checkReserved(root, problems);
  const environment = environmentName(file, root);
  const aws = readAwsSettings(root, problems);
  const created: MapKey[] = [];
  const adopted: AdoptedEntry[] = [];
  for (const [provider, section] of root.keys) {
    if (Object.hasOwn(ROOT_KEYS, provider) || isReserved(provider)) continue;
    const entries = entriesOf(provider, section, problems);
    // The controller wants an empty definition where the provider is used (domain.md §1.1 #5).
    if (provider === 'onpremises' && entries.length === 0)
      adopted.push({ provider, name: 'default', values: {} });
    for (const key of entries) {
      const create = key.value.kind === 'map' ? key.value.keys.get('create') : undefined;
      if (create && provider === 'aws') created.push(key);
      else if (create) refuseCreate(provider, key.name, create, problems);
      else {
        const entry = readAdopted(root, provider, key, problems);
        if (entry) adopted.push(entry);
      }
    }
  }
  const networks = readNetworks(root, created, aws.version, problems);
  const vault = readVault(root, problems);
  const creates = created.length > 0 || (vault !== undefined && vaultMembers(vault).length > 0);
  checkEnvironmentName(environment, root, creates, problems);
  const site = readSite(root, problems);
  const publicIp = site?.publicIp ?? publicIpOf(root);
  checkSite(root, networks, problems);
  return {
    environment,
    file,
    root,
    ...(site ? { site } : {}),
    ...(publicIp === undefined ? {} : { publicIp }),
    backend: readBackend(root, problems),
    aws,
    ...(vault ? { vault } : {}),
    networks,
    adopted,
  };
}

function checkVersion(root: MapNode, problems: ProblemList): void {
  const key = root.keys.get('cci_version');
  const path = ['cci_version'];
  if (!key) {
    const message = 'key "cci_version" is missing: the version of the format';
    problems.error('missing-key', [], message, root.position, "write cci_version: '1.0'");
  } else if (key.value.kind === 'scalar' && typeof key.value.value === 'number') {
    const message = `must be the text '1.0', got the number ${key.value.text}`;
    problems.error('wrong-type', path, message, key.value.position, "quote it: cci_version: '1.0'");
  } else if (key.value.kind !== 'broken' && !(key.value.kind === 'scalar' && key.value.value === '1.0')) {
    problems.error('bad-value', path, `must be '1.0', got ${describe(key.value)}`, key.value.position);
  }
}

function checkReserved(root: MapNode, problems: ProblemList): void {
  for (const name of RESERVED_SECTIONS) {
    const key = root.keys.get(name);
    if (!key || (key.value.kind === 'map' && key.value.keys.size === 0)) continue;
    if (key.value.kind === 'scalar' && key.value.value === null) continue;
    problems.error('not-built', [name], 'this section is not built yet', key.position, 'remove it');
  }
}

function isReserved(name: string): boolean {
  return (RESERVED_SECTIONS as readonly string[]).includes(name);
}

/** The entries of a provider, after saying what is odd about the provider itself. */
function entriesOf(provider: string, section: MapKey, problems: ProblemList): readonly MapKey[] {
  const { value } = section;
  const near = nearKey(provider);
  const hasCreate =
    value.kind === 'map' &&
    [...value.keys.values()].some(({ value: entry }) => entry.kind === 'map' && entry.keys.has('create'));
  if (!KNOWN_PROVIDERS.includes(provider)) {
    const message = `unknown provider ${quoted(provider)}; did you mean "${near}"?`;
    if (near && hasCreate) {
      problems.error('unknown-provider', [provider], message, section.position);
      return [];
    }
    if (near)
      problems.warning('unknown-provider', [provider], `${message} (passed through)`, section.position);
    else
      problems.note(
        'custom-provider',
        [provider],
        'a custom provider: its entries are passed through',
        section.position,
      );
  }
  if (value.kind === 'map') return [...value.keys.values()];
  if (value.kind === 'broken' || (value.kind === 'scalar' && value.value === null)) return [];
  problems.error(
    'wrong-type',
    [provider],
    `must be a map of entries, got ${describe(value)}`,
    value.position,
  );
  return [];
}

/** A provider or a key of the root that is one letter away. */
function nearKey(provider: string): string | undefined {
  const known = [...KNOWN_PROVIDERS, ...Object.keys(ROOT_KEYS), ...RESERVED_SECTIONS];
  return known.find(
    (name) => name !== provider && editDistance(provider.toLowerCase().replaceAll('-', '_'), name) <= 1,
  );
}

function refuseCreate(provider: string, entry: string, create: MapKey, problems: ProblemList): void {
  const message = `creating networks of ${provider} is not built yet; only aws is`;
  const mend =
    provider === 'aws_spot'
      ? 'write the entry under aws with create: { spot: true }, which publishes it here too'
      : 'remove create and give the ids of what exists';
  problems.error('not-built', [provider, entry, 'create'], message, create.position, mend);
}

function checkEnvironmentName(name: string, root: MapNode, isNeeded: boolean, problems: ProblemList): void {
  const node = root.keys.get('environment')?.value;
  const checked = node ? checkShape(node, ROOT_KEYS.environment.shape, ['environment'], problems) : name;
  if (!isNeeded || checked === undefined) return;
  const problem = formatProblem(name, ENVIRONMENT_NAME);
  if (!problem) return;
  const mend = node ? undefined : 'rename the file, or write environment: NAME in it';
  problems.error('bad-name', ['environment'], problem.message, node?.position ?? root.position, mend);
}

function publicIpOf(root: MapNode): string | undefined {
  const site = root.keys.get('site')?.value;
  const value = site?.kind === 'map' ? site.keys.get('public_ip')?.value : undefined;
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

function checkSite(root: MapNode, networks: readonly NetworkDraft[], problems: ProblemList): void {
  const connected = networks.find((network) => network.vpn !== undefined);
  if (!connected || root.keys.has('site')) return;
  const message = `key "site" is missing: the other end of the tunnels of ${connected.key}`;
  const mend = 'write site: { controller: 10.0.2.15/24, public_ip: … }, or vpn: none in create';
  problems.error('missing-key', [], message, root.position, mend);
}
