import { Failure } from '../../../../base/errors';
import { shownPath } from '../../../../base/files';
import type { Loaded } from '../../../../catalog/environment/catalog';
import type { Controller } from '../../../../catalog/kinds/docker-controller/controller';
import { sharedMount, type Vault } from '../../../../catalog/kinds/vault/vault';
import { daysLeft } from '../../../../model/tls/validity';
import { SecretReference } from '../../../../model/vault/secret-reference';
import type { VaultClient } from '../../../../vault/client';
import type { Session } from '../../../session/session';
import { authorityFile } from '../folder';
import {
  authorityInFile,
  authorityText,
  keepInFile,
  readAuthority,
  removeAuthorityFile,
} from './authority-file';
import type { Signed } from './make-certificate';

/** What a secret that is not there answers: its mount is still to be made, or nobody has stored it. */
const ABSENT = ['missing', 'no-value', 'engine'];

type Run = Pick<Session, 'environment' | 'folders' | 'vaults' | 'report'>;

/**
 * Where the environment's authority is kept: in the catalog's Vault, in which an apply puts it; else in a file beside the states. It
 * is made in the file, so that a plan writes nothing to a server.
 */
export class AuthorityStore {
  private readonly vault: Vault | undefined;

  constructor(
    private readonly session: Run,
    { catalog }: Pick<Loaded, 'catalog'>,
    controller: Controller,
  ) {
    const { vault } = catalog.kinds;
    this.vault = vault === undefined || isOwnVault(vault, controller) ? undefined : vault;
  }

  /** Where it is kept for good, as messages name it. */
  get place(): string {
    return this.reference?.toString() ?? shownPath(authorityFile(this.session.folders));
  }

  /** The authority; undefined where there is none yet. @throws VaultError; {@link Failure} */
  async read(): Promise<Signed | undefined> {
    const inFile = authorityInFile(this.session.folders);
    const text = await this.stored();
    const stored = text === undefined ? undefined : readAuthority(text, this.place);
    const found =
      inFile !== undefined && (stored === undefined || replaces(inFile, stored)) ? inFile : stored;
    if (found !== undefined) this.session.report.log.masks.add(found.key);
    return found;
  }

  /** Keeps an authority that was just made. */
  add(authority: Signed): void {
    this.session.report.log.masks.add(authority.key);
    keepInFile(this.session.folders, authority);
  }

  /**
   * Puts an authority that is still in the file into Vault, and removes the file when Vault gives it back.
   *
   * @throws VaultError; {@link Failure} where another run has put another one there
   */
  async settle(): Promise<void> {
    const { reference, session } = this;
    const inFile = reference === undefined ? undefined : authorityInFile(session.folders);
    if (reference === undefined || inFile === undefined) return;
    const client = await this.client();
    const before = await this.stored();
    if (before === undefined || replaces(inFile, readAuthority(before, this.place))) {
      try {
        await client?.write(reference, authorityText(inFile));
      } catch (error) {
        if (!hasCode(error, ['engine'])) throw error;
        session.report.note(
          'warn',
          `${shownPath(authorityFile(session.folders))}: the authority's key stays here until ${reference.engine} is mounted in Vault`,
        );
        return;
      }
    }
    const after = readAuthority((await this.stored()) ?? '', this.place);
    if (after.certificate.fingerprint !== inFile.certificate.fingerprint)
      throw new Failure({
        where: this.place,
        summary: 'another run has made another authority since the plan',
        fixes: [
          `remove ${shownPath(authorityFile(session.folders))}, and plan again: what is in Vault is used`,
        ],
      });
    removeAuthorityFile(session.folders);
  }

  /** `vault://secret/vpn/dev/controller/ca`, below the folder of the connections' keys where the catalog names one. */
  private get reference(): SecretReference | undefined {
    const { vault } = this;
    if (vault === undefined) return undefined;
    return authorityReference(vault, this.session.environment);
  }

  private async stored(): Promise<string | undefined> {
    const { reference } = this;
    if (reference === undefined) return undefined;
    try {
      return await (await this.client())?.readIfThere(reference);
    } catch (error) {
      if (hasCode(error, ABSENT)) return undefined;
      throw error;
    }
  }

  private async client(): Promise<VaultClient | undefined> {
    return this.vault && this.session.vaults.client(this.vault);
  }
}

/** Where a Vault keeps the authority of an environment. */
export function authorityReference(vault: Vault, environment: string): SecretReference {
  const folder =
    vault.presharedKeys ?? SecretReference.parse(`vault://${sharedMount(vault.mounts)}/kakehashi`);
  return folder.below(environment, 'controller', 'ca');
}

/** The secret in which an apply keeps the controller's authority; none where the catalog's Vault does not. */
export function storedAuthority({ catalog }: Pick<Loaded, 'catalog'>): readonly SecretReference[] {
  const { vault, 'docker-controller': { controller } = {} } = catalog.kinds;
  const isKept = controller?.certificate.mode === 'private-ca' && vault !== undefined;
  return isKept && !isOwnVault(vault, controller) ? [authorityReference(vault, catalog.environment)] : [];
}

/** Whether an authority was made because the other one comes to its end; two that were made at a time are of two runs. */
function replaces({ certificate }: Signed, other: Signed): boolean {
  return daysLeft(certificate.end, other.certificate.end) > 365;
}

/** Whether the catalog's Vault runs in this controller: it could not keep what the controller needs to start. */
export function isOwnVault(
  { address }: Pick<Vault, 'address'>,
  { privateIpmask, bind, ports }: Pick<Controller, 'privateIpmask' | 'bind' | 'ports'>,
): boolean {
  const { hostname, port } = new URL(address);
  return (
    [privateIpmask.address, bind].includes(hostname) && Number(port === '' ? '443' : port) === ports.vault
  );
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  const { VaultError } =
    require('../../../../vault/vault-error') as typeof import('../../../../vault/vault-error');
  return error instanceof VaultError && codes.includes(error.code);
}
