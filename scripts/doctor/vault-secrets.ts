import { vaultStackId } from '../../catalog/ground/stacks';
import type { Loaded } from '../../catalog/load';
import { kvPaths, mountOf } from '../../model/vault/kv-paths';
import type { SecretReference } from '../../model/vault/secret-reference';
import type { VaultClient } from '../../vault/client';
import { isGeneral, VaultError } from '../../vault/vault-error';
import { type Finding, failed, failedBy, passed } from './finding';
import { keyReferences } from './permission-needs';
import { policyLine } from './policy-line';

/** A secret that must be there before an apply. */
export interface NeededSecret {
  readonly reference: SecretReference;
  readonly kind: 'credential' | 'key';
}

/** The credentials that a catalog refers to. */
export function referencesOf({ catalog }: Loaded): readonly NeededSecret[] {
  const { credentials } = catalog.aws;
  if (credentials === undefined) return [];
  const { accessKey, secretKey, sessionToken } = credentials;
  return [accessKey, secretKey, ...(sessionToken ? [sessionToken] : [])].map((reference) => ({
    reference,
    kind: 'credential' as const,
  }));
}

/**
 * Whether each secret is there that the catalog refers to, and each key that an apply stored: by reading it, which is what
 * the apply will do. Its value is masked and not kept. In the sandbox nothing needs a credential.
 *
 * @param run - a command of ours as it is to be called for this environment
 * @throws VaultError for a trouble that all of them meet
 */
export async function checkSecrets(
  client: VaultClient,
  loaded: Loaded,
  { simulated, run }: { readonly simulated: boolean; readonly run: (command: string) => string },
): Promise<readonly Finding[]> {
  const { vault } = loaded.catalog;
  const keys = vault === undefined ? [] : keyReferences(loaded, vault).filter(({ stored }) => stored);
  const needed: readonly NeededSecret[] = [
    ...referencesOf(loaded),
    ...keys.map(({ reference }) => ({ reference, kind: 'key' as const })),
  ];
  const findings: Finding[] = [];
  for (const secret of needed) {
    const found = await look(client, secret, loaded);
    const mend = found.mend?.replace(/kakehashi (secret|apply) [^,]+/g, run);
    const mended = mend === undefined ? found : { ...found, mend };
    const isMissed = found.verdict === 'failed' && simulated && secret.kind === 'credential';
    findings.push(
      isMissed
        ? { ...mended, verdict: 'noted', found: `${found.found}; nothing in the sandbox needs it` }
        : mended,
    );
  }
  return findings;
}

async function look(
  client: VaultClient,
  { reference, kind }: NeededSecret,
  { catalog }: Loaded,
): Promise<Finding> {
  const subject = reference.toString();
  try {
    await client.read(reference);
    return passed(subject, kind === 'key' ? 'there (the key of a connection)' : 'there');
  } catch (error) {
    if (!(error instanceof VaultError) || isGeneral(error)) throw error;
    if (error.trouble === 'missing' && kind === 'key') return missedKey(subject, error);
    const mount = mountOf(`${reference.engine}/${reference.path}`, catalog.vault?.mounts ?? []);
    if (error.trouble === 'engine' && mount?.create === true) {
      const mend = `kakehashi apply --stack ${vaultStackId(catalog.environment)}, then kakehashi secret put ${subject}`;
      return failed(subject, `the mount ${mount.path} is not made yet, which the catalog creates`, mend);
    }
    if (error.trouble !== 'denied') return failedBy(error, subject);
    const [path] = kvPaths('read', `${reference.engine}/${reference.path}`, catalog.vault?.mounts ?? []);
    return failed(subject, "the token's policies refuse reading it", policyLine(path, ['read']));
  }
}

/** The other end has the old one: a new key would end the tunnel. */
function missedKey(subject: string, error: VaultError): Finding {
  const [fact = ''] = error.message.slice(`${subject}: `.length).split('; ');
  return failed(
    subject,
    `${fact}, and the connection exists: a new key would end its tunnel`,
    `put it back from the gateway's files: kakehashi secret put ${subject}`,
  );
}
