import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../../base/errors';
import { digestOf } from '../../../base/files';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Controller } from '../../../catalog/kinds/docker-controller/controller';
import type { Session } from '../../session/session';
import { type HostWrite, writeHostFiles } from '../docker/host-files';
import { engineOf } from '../docker/stacks';
import type { Applying } from '../kind';
import { AuthorityStore } from './certificate/authority-store';
import { readCertificate } from './certificate/certificate';
import { stagedCertificate, unstage } from './certificate/staged';
import { ownKey, ownOf } from './choose-certificate';
import { controllerOf } from './controller-of';
import { environmentText } from './environment-file';
import { type HostLook, lookAtHost, sumsText } from './host-look';
import { type HostPaths, hostPaths } from './host-paths';
import { type PlannedFiles, plannedFiles } from './planned-files';
import { containersOf, secretTexts } from './secrets';

/**
 * Writes what the containers find on their host when they start: folders, `.env`, the certificate and the files of secrets. All of it
 * is there after it, or nothing is changed.
 *
 * @throws Failure, VaultError
 */
export async function installFiles({ session, loaded, stack }: Applying<'docker-controller'>): Promise<void> {
  const controller = controllerOf(loaded, stack);
  if (session.simulated || controller === undefined) return;
  const planned = plannedFiles(session.folders, stack.id);
  if (planned === undefined) throw notPlanned(stack.id, 'what was planned for its host is not here any more');
  const engine = engineOf(session, stack);
  const paths = hostPaths(controller.folders, session.folders.root);
  const look = await lookAtHost(engine, paths, controller);
  const certificate = await certificateWrites(session, loaded, controller, { look, paths, planned });
  const secrets = await secretWrites(session, loaded, controller, { look, paths, planned });
  if (controller.certificate.mode === 'private-ca')
    await new AuthorityStore(session, loaded, controller).settle();
  const environment = environmentText(controller, look.environment);
  await writeHostFiles(engine, [
    ...folderWrites(paths, controller),
    ...(environment === look.environment
      ? []
      : [{ what: 'kept', path: paths.environment, mode: 0o644, text: environment } as const]),
    ...certificate,
    ...secrets,
    ...ignoreWrites(controller, paths),
  ]);
  unstage(session.folders);
}

interface Writing {
  readonly look: HostLook;
  readonly paths: HostPaths;
  readonly planned: PlannedFiles;
}

/** The folders that are mounted: an engine would make those that are missing, of root's. */
function folderWrites(paths: HostPaths, { jupyter }: Controller): readonly HostWrite[] {
  const place = (folder: string, mode = 0o755): HostWrite => ({ what: 'place', path: folder, mode });
  const inData = (...names: readonly string[]) => path.join(paths.data, ...names);
  return [
    place(paths.data),
    place(inData('opt', 'occ', 'var')),
    place(inData('opt', 'occ', '.ssh'), 0o700),
    place(inData('opt', 'occ', 'vc')),
    // The user and the group of the notebook's image.
    ...(jupyter === undefined
      ? []
      : [{ what: 'place', path: inData('jupyter', 'work'), mode: 0o755, owner: '1000:100' } as const]),
    place(paths.config),
    { what: 'folder', path: paths.cert, mode: 0o755 },
  ];
}

/** The files of the certificate, where the host has another one. @throws Failure where it is not the planned one */
export async function certificateWrites(
  session: Pick<Session, 'folders' | 'settings' | 'vaults' | 'report'>,
  loaded: Pick<Loaded, 'catalog'>,
  controller: Controller,
  { look, paths, planned }: Writing,
): Promise<readonly HostWrite[]> {
  if (controller.certificate.mode === 'files') {
    const { pem, authority, certificate } = ownOf(session, controller);
    if (certificate.fingerprint !== planned.fingerprint)
      throw notPlanned(controller.certificate.certificate, 'it is another certificate than the planned one');
    const key = await ownKey(session, loaded, controller);
    const isThere =
      look.keyDigest === digestOf(key) && look.found.certificate?.fingerprint === planned.fingerprint;
    return [
      ...(isThere ? [] : pairWrites(paths, pem, key)),
      ...(authority === undefined || authority === look.authorityText
        ? []
        : [authorityWrite(paths, authority)]),
    ];
  }
  const staged = stagedCertificate(session.folders);
  if (staged !== undefined && readCertificate(staged.certificate)?.fingerprint === planned.fingerprint)
    return [...pairWrites(paths, staged.certificate, staged.key), authorityWrite(paths, staged.authority)];
  if (look.found.certificate?.fingerprint === planned.fingerprint) return [];
  throw notPlanned(controller.stack, 'the certificate that was made for it is not here any more');
}

function pairWrites(paths: HostPaths, certificate: string, key: string): readonly HostWrite[] {
  const sums = sumsText({ key: digestOf(key), certificate: digestOf(certificate) });
  return [
    { what: 'file', path: paths.key, mode: 0o600, text: key },
    { what: 'file', path: paths.certificate, mode: 0o644, text: certificate },
    { what: 'file', path: paths.sums, mode: 0o644, text: sums },
  ];
}

function authorityWrite(paths: HostPaths, text: string): HostWrite {
  return { what: 'file', path: paths.authority, mode: 0o644, text };
}

async function secretWrites(
  session: Pick<Session, 'vaults' | 'report'>,
  loaded: Pick<Loaded, 'catalog'>,
  controller: Controller,
  { look: { secrets }, paths, planned }: Writing,
): Promise<readonly HostWrite[]> {
  const texts = await secretTexts(session, loaded, controller);
  const without = containersOf(controller).filter(({ name }) => texts[name] === undefined);
  const removed = without.map(({ name }): HostWrite => ({ what: 'remove', path: paths.secretsOf(name) }));
  const version = planned.secretsVersion;
  if (Object.keys(texts).length === 0 || version === undefined) return removed;
  const differing = Object.entries(texts).filter(([name, text]) => secrets.digests[name] !== digestOf(text));
  if (differing.length > 0 && version === secrets.version)
    throw notPlanned(controller.stack, 'a secret has another value in Vault since then');
  const files = differing.map(
    ([name, text]): HostWrite => ({ what: 'file', path: paths.secretsOf(name), mode: 0o600, text }),
  );
  return [
    { what: 'folder', path: paths.secrets, mode: 0o700 },
    ...files,
    { what: 'file', path: paths.secretsVersion, mode: 0o600, text: `${version}\n` },
    ...removed,
  ];
}

const IGNORE = `# Written by kakehashi. Keys and secrets are in this folder: do not commit it.
*
`;

/** On this machine the folders may be in a repository. */
function ignoreWrites({ host, ...controller }: Controller, paths: HostPaths): readonly HostWrite[] {
  if (host.kind !== 'socket') return [];
  const hasSecrets = containersOf({ host, ...controller }).some(
    ({ secrets }) => Object.keys(secrets).length > 0,
  );
  return [paths.cert, ...(hasSecrets ? [paths.secrets] : [])]
    .map((folder) => path.join(folder, '.gitignore'))
    .filter((file) => !existsSync(file))
    .map((file) => ({ what: 'file', path: file, mode: 0o600, text: IGNORE }));
}

function notPlanned(where: string, what: string): Failure {
  return new Failure({
    where,
    summary: `${what}: nothing was written to its host`,
    fixes: [{ text: 'plan it anew', command: 'plan' }],
  });
}
