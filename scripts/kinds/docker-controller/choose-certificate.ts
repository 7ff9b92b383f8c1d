import { createPrivateKey } from 'node:crypto';
import { digestOf } from '../../../base/files';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Controller } from '../../../catalog/kinds/docker-controller/controller';
import { controllerNames } from '../../../model/tls/server-names';
import { daysAfter, daysLeft, endWords, instantText, RENEW_DAYS } from '../../../model/tls/validity';
import type { Session } from '../../session/session';
import { AuthorityStore } from './certificate/authority-store';
import type { Certificate } from './certificate/certificate';
import { type FoundCertificate, whyRenewed } from './certificate/fitness';
import { makeAuthority, makeServerCertificate } from './certificate/make-certificate';
import { checkOwnKey, type OwnCertificate, ownCertificate } from './certificate/own-certificate';
import { foundStaged, stage, unstage } from './certificate/staged';
import type { HostLook } from './host-look';
import type { PlannedFiles } from './planned-files';

export type PlannedCertificate = Pick<PlannedFiles, 'fingerprint' | 'end' | 'reason' | 'newAuthority'>;

type Run = Pick<Session, 'environment' | 'folders' | 'vaults' | 'report' | 'settings'>;
type PrivateCa = Extract<Controller['certificate'], { mode: 'private-ca' }>;

/**
 * The certificate that the controller is to have: that of its host where it serves; one that an earlier plan made; else a new one, which
 * is kept for the apply. The user's own is checked.
 *
 * @throws Failure; VaultError
 */
export async function chooseCertificate(
  session: Run,
  loaded: Pick<Loaded, 'catalog'>,
  controller: Controller,
  look: HostLook,
  now = new Date(),
): Promise<PlannedCertificate> {
  const { certificate } = controller;
  if (certificate.mode === 'private-ca') {
    return chooseMade(session, loaded, controller, certificate, { look, now });
  }
  unstage(session.folders);
  const own = ownOf(session, controller, now);
  const key = await ownKey(session, loaded, controller);
  checkOwnKey(key, certificate.key.toString(), own);
  const { fingerprint, end } = own.certificate;
  if (daysLeft(end, now) <= RENEW_DAYS)
    session.report.note('warn', `${certificate.certificate}: ${endWords(end, now)}; order a new one`);
  const isThere = look.found.certificate?.fingerprint === fingerprint && look.keyDigest === digestOf(key);
  const reason = look.found.certificate === undefined ? 'there is none yet' : 'the catalog has another one';
  return { fingerprint, end: instantText(end), ...(isThere ? {} : { reason }) };
}

/** The user's own certificate, checked. @throws Failure */
export function ownOf(
  { settings }: Pick<Session, 'settings'>,
  { certificate, privateIpmask }: Controller,
  now = new Date(),
): OwnCertificate {
  if (certificate.mode !== 'files') throw new Error('the catalog has no certificate of its own');
  // The SDK is told this address; no public authority signs localhost.
  return ownCertificate(certificate, settings.catalogDirectory, [privateIpmask.address], now);
}

/** The private key of the user's own certificate, from Vault. @throws VaultError */
export async function ownKey(
  session: Pick<Session, 'vaults' | 'report'>,
  { catalog }: Pick<Loaded, 'catalog'>,
  { certificate }: Controller,
): Promise<string> {
  const { vault } = catalog.kinds;
  if (certificate.mode !== 'files' || vault === undefined)
    throw new Error('the catalog names no Vault for the private key');
  const key = await (await session.vaults.client(vault)).read(certificate.key);
  session.report.log.masks.add(key);
  return key.endsWith('\n') ? key : `${key}\n`;
}

async function chooseMade(
  session: Run,
  loaded: Pick<Loaded, 'catalog'>,
  controller: Controller,
  { days, names: more }: PrivateCa,
  { look: { found }, now }: { readonly look: HostLook; readonly now: Date },
): Promise<PlannedCertificate> {
  const { folders } = session;
  const names = controllerNames(controller.privateIpmask.address, more);
  const store = new AuthorityStore(session, loaded, controller);
  const known = await store.read();
  const wanted = { names, ...(known === undefined ? {} : { authority: known.certificate }) };
  const reason = whyRenewed(found, wanted, now);
  if (reason === undefined && found.certificate !== undefined) {
    unstage(folders);
    return plannedOf(found.certificate);
  }
  const isLost = known === undefined && found.authority !== undefined;
  const why = `${reason}${isLost ? `; the key of its authority is not in ${store.place}` : ''}`;
  const staged = foundStaged(folders);
  const serves = staged.certificate !== undefined && whyRenewed(staged, wanted, now) === undefined;
  const { certificate, authority } = serves ? staged : await makeStaged();
  if (certificate === undefined) throw new Error('no certificate was made');
  const isNew = found.authority !== undefined && found.authority.fingerprint !== authority?.fingerprint;
  return { ...plannedOf(certificate), reason: why, ...(isNew ? { newAuthority: true } : {}) };

  async function makeStaged(): Promise<Pick<FoundCertificate, 'certificate' | 'authority'>> {
    const lasts = known !== undefined && known.certificate.end >= daysAfter(now, days);
    const signer = lasts ? known : await makeAuthority(`Kakehashi CA of ${session.environment}`, now);
    if (!lasts) store.add(signer);
    const commonName = controller.privateIpmask.address;
    const key = createPrivateKey(signer.key);
    const made = await makeServerCertificate(signer, key, { names, commonName, days, now });
    session.report.log.masks.add(made.key);
    stage(folders, made, signer);
    return { certificate: made.certificate, authority: signer.certificate };
  }
}

function plannedOf({ fingerprint, end }: Certificate): PlannedCertificate {
  return { fingerprint, end: instantText(end) };
}
