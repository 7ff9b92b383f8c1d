import { listed } from '../../base/text/listed';
import type { Vault } from '../../catalog/kinds/vault/vault';
import { serverAddress } from '../../vault/address';
import { readAuthorities } from '../../vault/authorities';
import { vaultAt } from '../../vault/connection-failure';
import { type ServerHealth, VaultServer } from '../../vault/server';
import { shortened } from '../../vault/shortened';
import { type Finding, failed, failedBy, noted, passed } from '../report/finding';
import type { Examination } from './check';

/** The longest time for one request. */
const TIMEOUT_MS = 10_000;

/** Checks that the server answers with a valid certificate and is ready. It takes no token. */
export async function checkServer(examination: Examination, vault: Vault): Promise<readonly Finding[]> {
  const { sandbox } = examination.settings;
  const subject = sandbox ? "the sandbox's Vault" : vault.address;
  try {
    const server = sandbox ? await examination.vaults.client(vault) : unauthenticated(examination, vault);
    const health = await server.health();
    const verdict = verdictOn(subject, sandbox ? 'simulated' : trustOf(vault), health);
    // The sandbox's own server says nothing about the one of the catalog.
    return [verdict, ...(sandbox || verdict.verdict === 'failed' ? [] : productVerdict(vault, health))];
  } catch (error) {
    return [failedBy(error, subject, placeOf(vault))];
  }
}

/** The place of the client's errors about the whole server. */
export function placeOf({ address }: Vault): string {
  return vaultAt(new URL(address));
}

function verdictOn(
  subject: string,
  trust: string,
  { initialized, sealed, standby, version }: ServerHealth,
): Finding {
  if (!initialized) {
    return failed(
      subject,
      'it answers, but is not initialized',
      'set it up first: bao or vault operator init',
    );
  }
  if (sealed) {
    return failed(
      subject,
      'it answers, but is sealed',
      'whoever holds its keys must unseal it: bao or vault operator unseal',
    );
  }
  const node = standby ? ', a standby node' : '';
  return passed(subject, `version ${shortened(version, 40)}${node}, ${trust}, initialized and not sealed`);
}

const PRODUCTS = { vault: 'Vault', openbao: 'OpenBao' } as const;

/** What the catalog says the server is decides which of its parts `validate` refuses. */
function productVerdict({ server, audits }: Vault, { product }: ServerHealth): readonly Finding[] {
  if (server === product) return [];
  const found = `the server is ${PRODUCTS[product]}, and the catalog says ${server}`;
  const fix = `write vault: { server: ${product} }`;
  const refused = product === 'openbao' ? audits.filter(({ create }) => create) : [];
  if (refused.length === 0) return [noted('vault.server', found, fix)];
  const devices = listed(refused.map(({ path }) => path));
  const more = `; it would refuse to create the audit ${refused.length === 1 ? 'device' : 'devices'} ${devices}`;
  return [
    failed(
      'vault.server',
      `${found}${more}`,
      `${fix}, and declare audit devices in the server's own configuration`,
    ),
  ];
}

function trustOf({ address, caFile }: Vault): string {
  if (!/^https:/i.test(address)) return 'http on this machine itself';
  return caFile === undefined
    ? "its certificate verified by the system's authorities"
    : `its certificate verified by ${caFile}`;
}

function unauthenticated({ report, stop }: Examination, vault: Vault): VaultServer {
  const { address, caFile, namespace } = vault;
  return new VaultServer({
    address: serverAddress(address, 'vault.address'),
    ...(caFile === undefined ? {} : { authorities: readAuthorities(caFile, 'vault.ca_file') }),
    ...(namespace === undefined ? {} : { namespace }),
    masks: report.log.masks,
    note: (text) => report.note('warn', text),
    timeoutMs: TIMEOUT_MS,
    stop,
  });
}
