import path from 'node:path';
import { beside } from '../../../base/screen';
import { listed } from '../../../base/text/listed';
import type { Controller } from '../../../catalog/kinds/docker-controller/controller';
import { dockerHostUrl } from '../../../model/docker/docker-host';
import { daysLeft, dayText } from '../../../model/tls/validity';
import type { Session } from '../../session/session';
import { readHostFiles, writeHostFiles } from '../docker/host-files';
import { engineOf } from '../docker/stacks';
import type { HandSteps, WrittenEntries } from '../kind';
import { readCertificate } from './certificate/certificate';
import { CONFIG_NAMES, type ConfigFile, type ConfigTexts, configFiles, configPaths } from './config-files';
import { controllerOf } from './controller-of';
import { environmentText } from './environment-file';
import { type HostLook, lookAtHost } from './host-look';
import { hostPaths } from './host-paths';
import { certificateWrites } from './install';
import { plannedFiles } from './planned-files';

/**
 * Copies the entries to the folder that the controller reads, and says what makes it read them.
 *
 * @throws Failure
 */
export async function handOver(written: WrittenEntries<'docker-controller'>): Promise<readonly HandSteps[]> {
  const { session, loaded, stack, entries, resources } = written;
  const controller = controllerOf(loaded, stack);
  if (controller === undefined) return [];
  const isNew = (name: string) =>
    resources.some(
      ({ resourceType, action, address }) =>
        resourceType === 'docker_container' && /^(create|replace)$/.test(action) && isOf(address, name),
    );
  const newOnes = { occtr: isNew('occtr'), jupyter: isNew('jupyter') };
  if (session.simulated) {
    if (newOnes.occtr)
      session.report.say('\ncontroller  no file is copied, and no certificate is made: simulated');
    return stepsOf(controller, { ...newOnes, files: [], authority: false });
  }
  const engine = engineOf(session, stack);
  const paths = hostPaths(controller.folders, session.folders.root);
  const look = await lookAtHost(engine, paths, controller);
  const found = await readHostFiles(
    engine,
    configPaths(paths.config).map((file) => ({ what: 'text', path: file })),
  );
  const existing: ConfigTexts = Object.fromEntries(
    CONFIG_NAMES.flatMap((name, index) => {
      const file = found[index];
      return file?.kind === 'text' ? [[name, file.value]] : [];
    }),
  );
  const url = dockerHostUrl(controller.host);
  const files = configFiles(loaded.catalog, entries, existing, (name) => `${url} ${paths.config}/${name}`);
  const changed = files.filter(({ name, text }) => textOf(existing, name) !== text);
  const environment = environmentText(controller, look.environment);
  const planned = plannedFiles(session.folders, stack.id);
  const repaired =
    planned === undefined
      ? []
      : await certificateWrites(session, loaded, controller, { look, paths, planned });
  await writeHostFiles(engine, [
    ...(environment === look.environment
      ? []
      : [{ what: 'kept', path: paths.environment, mode: 0o644, text: environment } as const]),
    ...repaired,
    ...changed.map(
      ({ name, text }) => ({ what: 'kept', path: path.join(paths.config, name), mode: 0o644, text }) as const,
    ),
  ]);
  show(session, { url, config: paths.config, files, changed }, look);
  return stepsOf(controller, {
    ...newOnes,
    files: changed.map(({ name }) => name),
    authority: repaired.some((one) => one.path === paths.authority) || planned?.newAuthority === true,
  });
}

interface Handed {
  readonly occtr: boolean;
  readonly jupyter: boolean;
  readonly files: readonly string[];
  /** Whether clients must trust another authority. */
  readonly authority: boolean;
}

/** What makes the controller read its files (docs/reference/controller.md). */
function stepsOf({ host, occtr, jupyter }: Controller, handed: Handed): readonly HandSteps[] {
  const steps = [
    ...(handed.occtr || handed.authority || handed.files.length > 0
      ? [`docker exec ${occtr.name} ./init.sh`]
      : []),
    ...(jupyter !== undefined && (handed.jupyter || handed.authority)
      ? [`docker exec -u root ${jupyter.name} update-ca-certificates`]
      : []),
  ];
  return steps.length === 0 ? [] : [{ host: dockerHostUrl(host), steps }];
}

function show(
  { report }: Pick<Session, 'report'>,
  {
    url,
    config,
    files,
    changed,
  }: {
    readonly url: string;
    readonly config: string;
    readonly files: readonly ConfigFile[];
    readonly changed: readonly ConfigFile[];
  },
  { found }: Pick<HostLook, 'found'>,
): void {
  const say = (text: string) => report.say(beside(' '.repeat(12), [text], report.screen.width));
  report.say(`\ncontroller  ${url}  ${config}`);
  const names = changed.map(({ name }) => name);
  say(
    names.length === 0
      ? 'its files are as the catalog says'
      : `written: ${listed(names)}; a former file is beside it, as .former`,
  );
  const kept = files.flatMap((file) => file.kept);
  if (kept.length > 0) say(`kept, not of this catalog: ${listed(kept)}`);
  const { certificate } = found;
  if (certificate !== undefined) say(`certificate until ${certificateEnd(certificate.pem)}`);
}

/** `2027-12-31 (396 days)`. */
function certificateEnd(pem: string, now = new Date()): string {
  const end = readCertificate(pem)?.end ?? now;
  return `${dayText(end)} (${daysLeft(end, now)} days)`;
}

function textOf(texts: ConfigTexts, name: string): string | undefined {
  return new Map<string, string | undefined>(Object.entries(texts)).get(name);
}

/** The ids of the containers' constructs are in their addresses. */
function isOf(address: string, container: string): boolean {
  const isNotebook = /jupyter|notebook/i.test(address);
  return container === 'jupyter' ? isNotebook : !isNotebook;
}
