import { listed } from '../../base/text/listed';
import type { Loaded } from '../../catalog/environment/catalog';
import { vaultStackId } from '../../catalog/kinds/vault/locked';
import { kvPaths, mountOf } from '../../model/vault/kv-paths';
import type { SecretReference } from '../../model/vault/secret-reference';
import type { VaultClient } from '../../vault/client';
import { isGeneral, VaultError } from '../../vault/vault-error';
import { type Finding, failed, failedBy, passed } from '../report/finding';
import { keyReferences } from './permission-needs';
import { policyLine } from './policy-line';

/** A secret that must exist before an apply. */
export interface NeededSecret {
  readonly reference: SecretReference;
  readonly kind: 'credential' | 'key';
}

/** The secrets with the credentials that a catalog refers to. */
export function referencesOf({ references }: Loaded): readonly NeededSecret[] {
  const each = new Map(references.map((reference) => [reference.toString(), reference]));
  return [...each.values()].map((reference) => ({ reference, kind: 'credential' as const }));
}

/**
 * Checks that each secret exists that the catalog refers to, and each key that an apply has stored, by reading it, as the
 * apply will. Its value is masked and not kept.
 *
 * @param simulated - whether it is the sandbox, where no credential is needed
 * @throws VaultError for an error that every other request would meet as well
 */
export async function checkSecrets(
  client: VaultClient,
  loaded: Loaded,
  simulated: boolean,
): Promise<readonly Finding[]> {
  const { vault } = loaded.catalog.kinds;
  const keys = vault === undefined ? [] : keyReferences(loaded, vault).filter(({ stored }) => stored);
  const needed: readonly NeededSecret[] = [
    ...referencesOf(loaded),
    ...keys.map(({ reference }) => ({ reference, kind: 'key' as const })),
  ];
  const findings: Finding[] = [];
  for (const secret of needed) {
    const finding = await look(client, secret, loaded);
    const isUnneeded = finding.verdict === 'failed' && simulated && secret.kind === 'credential';
    findings.push(
      isUnneeded
        ? { ...finding, verdict: 'noted', found: `${finding.found}; nothing in the sandbox needs it` }
        : finding,
    );
  }
  return refusedTogether(findings);
}

/** What a finding says of a secret that the token may not read. */
const REFUSED = "the token's policies refuse reading it";

/** How many such findings are shown each by itself. */
const APART = 3;

/** The findings, of which all that the token may not read are one where they are many. */
function refusedTogether(findings: readonly Finding[]): readonly Finding[] {
  const refused = findings.filter(({ found }) => found.startsWith(REFUSED));
  const [first] = refused;
  if (first === undefined || refused.length <= APART) return findings;
  const isFailed = refused.some(({ verdict }) => verdict === 'failed');
  const rules = refused.flatMap(({ fixes }) => fixes.map(String)).map((fix) => fix.replace(/^[^:]*: /, ''));
  const one: Finding = {
    verdict: isFailed ? 'failed' : first.verdict,
    subject: `${refused.length} secrets`,
    found: `the token's policies refuse reading ${listed(refused.map(({ subject }) => subject))}`,
    fixes: [['in a policy of the token:', ...rules].join('\n')],
  };
  return [...findings.filter((finding) => !refused.includes(finding)), one];
}

async function look(
  client: VaultClient,
  { reference, kind }: NeededSecret,
  { catalog }: Loaded,
): Promise<Finding> {
  const subject = reference.toString();
  try {
    await client.read(reference);
    return passed(subject, kind === 'key' ? 'exists (the key of a connection)' : 'exists');
  } catch (error) {
    if (!(error instanceof VaultError) || isGeneral(error)) throw error;
    if (error.code === 'missing' && kind === 'key') return missingKey(subject, error);
    const mount = mountOf(`${reference.engine}/${reference.path}`, catalog.kinds.vault?.mounts ?? []);
    if (error.code === 'engine' && mount?.create === true) {
      return failed(subject, `the mount ${mount.path}, which the catalog creates, does not exist yet`, {
        text: 'create it',
        command: `apply --stack ${vaultStackId(catalog.environment)}`,
        next: { text: 'store the secret', command: `secret put ${subject}` },
      });
    }
    if (error.code !== 'denied') return failedBy(error, subject);
    const [path] = kvPaths(
      'read',
      `${reference.engine}/${reference.path}`,
      catalog.kinds.vault?.mounts ?? [],
    );
    return failed(subject, REFUSED, policyLine(path, ['read']));
  }
}

/** A missing key must be restored and never replaced: the other end of the tunnel has the old one. */
function missingKey(subject: string, { fault }: VaultError): Finding {
  return failed(subject, `${fault.summary}, and the connection exists: a new key would end its tunnel`, {
    text: "restore it from the gateway's files",
    command: `secret put ${subject}`,
  });
}
