import { Failure } from '../../../base/errors';
import { connectionNameOf } from '../../../catalog/kinds/azure-network/names';
import type { AzureNetwork } from '../../../catalog/kinds/azure-network/network';
import { cliNames } from '../../../model/clouds/azure/azure-vpn';
import { PRESHARED_KEY } from '../../../model/clouds/azure/preshared-key';
import type { CloudConnection } from '../../../model/tunnel/description';
import { refreshedResources } from '../../session/refreshed-state';
import type { Planning } from '../kind';
import { newPresharedKey } from '../new-key';
import { type AppliedKeys, appliedKeys } from './applied-keys';
import { hasKey } from './key-change';
import { KeyFile, type NetworkKeys } from './key-file';
import { storedInVault } from './vault-keys';

const VARIABLE = 'TF_VAR_preshared_keys';

/** A connection whose key is needed, by its /29. */
interface Needed {
  /** `azure/default@east`, as messages name it. */
  readonly name: string;
  readonly block: string;
  /** As Azure names it. */
  readonly connection: CloudConnection;
}

/**
 * The pre-shared keys of a network's connections for the plan of its stack: Azure chooses none, so that each plan must have them.
 *
 * The first of these that has a key is its source: a rotation, the user's own variable, what is applied, Vault, the driver's
 * file. Otherwise it is made, and is in the file before Terraform gets it. What is applied comes before every store, so that no
 * plan changes a key by itself (docs/decisions/0050).
 *
 * @throws {@link Failure} for a connection that is there and whose key is nowhere; VaultError; TerraformError
 */
export async function azurePlanVariables(planning: Planning<'azure-network'>): Promise<NodeJS.ProcessEnv> {
  const { session, loaded, stack, newKeys, begun } = planning;
  const network = loaded.catalog.kinds['azure-network']?.networks.find(({ key }) => key === stack.network);
  if (network?.vpn === undefined) return {};
  const given = givenKeys(session.variables[VARIABLE]);
  const keys = await knownKeys(planning, network, new Map([...given, ...Object.entries(newKeys)]));
  if (begun !== undefined && Object.keys(newKeys).length === 0 && keys.has(begun.insideCidr)) {
    const { insideCidr: block, key } = begun;
    const resources = await refreshedResources(session, stack.id, variableOf(keys));
    if (resources.some((resource) => hasKey(resource, key))) keys.set(block, key);
    session.report.note(
      'warn',
      `a rotation of ${network.key}, ${block}, was begun: Azure has ${keys.get(block) === key ? 'its new key' : 'the old key'}; finish it: kakehashi gateway rotate ${session.environment} ${network.key} --tunnel ${block}`,
    );
  }
  return variableOf(keys);
}

function variableOf(keys: ReadonlyMap<string, string>): NodeJS.ProcessEnv {
  return { [VARIABLE]: JSON.stringify(Object.fromEntries(keys)) };
}

/** Every key, by /29, each of them masked; those that are made are in the file. */
async function knownKeys(
  planning: Planning<'azure-network'>,
  network: AzureNetwork,
  given: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const { session, destroy } = planning;
  const { masks } = session.report.log;
  const needed = neededKeys(planning, network);
  const applied = await appliedKeys(planning);
  const file = new KeyFile(session.folders);
  const kept = file.read()[network.identity] ?? {};
  const keys = new Map<string, string>();
  const toKeep: Record<string, string> = {};
  for (const one of needed) {
    const { name, block } = one;
    const key =
      given.get(block) ??
      applied.keys.get(block) ??
      (await storedInVault(planning, network.identity, block)) ??
      kept[block] ??
      (await unfinishedKey(planning, one, needed, applied)) ??
      newPresharedKey();
    masks.add(key);
    checkForm(`${session.environment}/${name}`, key);
    keys.set(block, key);
    // What a rotation or the user gives is kept once it is applied.
    toKeep[block] = given.has(block) ? (applied.keys.get(block) ?? kept[block] ?? key) : key;
  }
  if (!destroy) keep(planning, network, file, toKeep, applied);
  return keys;
}

/** The connections of a network that have a /29. */
function neededKeys(
  { loaded: { allocations }, stack }: Pick<Planning<'azure-network'>, 'loaded' | 'stack'>,
  { vpn, resourceGroup }: AzureNetwork,
): readonly Needed[] {
  return (vpn?.connections ?? []).flatMap(({ key: name, gateway }) => {
    const block = allocations.get(name)?.insideCidrs[0];
    const connection = { resource_group: resourceGroup.name, name: connectionNameOf(stack.id, gateway) };
    return block === undefined ? [] : [{ name, block: block.toString(), connection }];
  });
}

/**
 * The key of a connection that is in the state though its output is not: an apply was stopped. Connections whose keys the output
 * has are others: those of gateways of the site that are there already, or are gone from the catalog.
 *
 * @throws {@link Failure} where it can't be told which key is this connection's
 */
async function unfinishedKey(
  { session, destroy }: Planning<'azure-network'>,
  { name }: Needed,
  needed: readonly Needed[],
  applied: AppliedKeys,
): Promise<string | undefined> {
  const told = new Set(applied.keys.values());
  const connections = (await applied.connections()).filter((key) => !told.has(key));
  const [only] = connections;
  if (only === undefined || destroy) return undefined;
  const untold = needed.filter(({ block }) => !applied.keys.has(block));
  if (connections.length === 1 && untold.length === 1 && only !== '') return only;
  const where = new KeyFile(session.folders).shown;
  throw new Failure({
    where: `${session.environment}/${name}`,
    summary: `its connection may exist, and its pre-shared key is neither in ${where} nor in the output tunnel_keys: a new one would end its tunnels`,
    fixes: [
      `restore ${where}`,
      `set ${VARIABLE} to what Azure has: export ${VARIABLE}="{${needed.map(askedKey).join(',')}}"`,
    ],
  });
}

/** A connection's key as a part of JSON in a shell's double quotes: the shell asks Azure for it. */
function askedKey({ block, connection }: Needed): string {
  const names = cliNames(connection, '--connection-name');
  return `\\"${block}\\":\\"$(az network vpn-connection shared-key show ${names} --query value --output tsv)\\"`;
}

/** Writes what the file lacks, and says what is read back; without a need the file is left alone. */
function keep(
  { session, stack, loaded }: Planning<'azure-network'>,
  network: AzureNetwork,
  file: KeyFile,
  toKeep: Readonly<Record<string, string>>,
  applied: AppliedKeys,
): void {
  const before = file.read();
  const own = before[network.identity] ?? {};
  const folder = loaded.catalog.kinds.vault?.presharedKeys?.toString();
  const isInVault = (name: string) =>
    folder !== undefined && loaded.allocations.get(name)?.presharedKeys === folder;
  const isLocal = session.simulated || stack.backend.type === 'local';
  const after: Record<string, string> = {};
  for (const { name, block } of neededKeys({ loaded, stack }, network)) {
    const key = toKeep[block];
    if (key === undefined || isInVault(name)) continue;
    const isApplied = applied.keys.get(block) === key;
    // A colleague's state, or that of a pipeline, is the source of what is applied: no file is made beside it.
    if (isApplied && own[block] === undefined && !isLocal) continue;
    after[block] = key;
    if (own[block] !== key && isApplied)
      session.report.note(
        'info',
        `${file.shown}: takes the key of ${name} from the state, where it is applied`,
      );
  }
  const networks: NetworkKeys = { ...before, [network.identity]: after };
  if (JSON.stringify(before[network.identity] ?? {}) !== JSON.stringify(after)) file.write(networks);
}

/** The keys of the user's variable, by /29: JSON or Terraform's own form of a map. */
export function givenKeys(text: string | undefined): ReadonlyMap<string, string> {
  const pairs = [...(text ?? '').matchAll(/"([^"]+)"\s*[:=]\s*"([^"]+)"/g)];
  return new Map(pairs.map(([, block = '', key = '']) => [block, key]));
}

function checkForm(where: string, key: string): void {
  if (!PRESHARED_KEY.pattern.test(key))
    throw new Failure(
      `${where}: its key must be ${PRESHARED_KEY.expected}, got another one, which is not shown`,
    );
}
