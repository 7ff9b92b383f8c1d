import { randomBytes } from 'node:crypto';
import { digestOf } from '../../../base/files';
import { shellQuoted } from '../../../base/text/shell-quoted';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Controller, ControllerContainer } from '../../../catalog/kinds/docker-controller/controller';
import type { Session } from '../../session/session';

/** The file of secrets of each container that has any, by the container's name. */
export type SecretTexts = Readonly<Record<string, string>>;

/** The file of secrets on the host, as far as it may be seen from here. */
export interface FoundSecrets {
  /** The version that the host has. */
  readonly version?: string;
  /** The SHA-256 of each container's file. */
  readonly digests: Readonly<Record<string, string>>;
}

export function containersOf({ occtr, jupyter }: Controller): readonly ControllerContainer[] {
  return jupyter === undefined ? [occtr] : [occtr, jupyter];
}

/** The containers that have secrets. */
export function secretContainers(controller: Controller): readonly ControllerContainer[] {
  return containersOf(controller).filter(({ secrets }) => Object.keys(secrets).length > 0);
}

/**
 * A file that a shell reads with `. file`, and that gives each variable exactly its value.
 *
 * @param values - by the variable's name
 */
export function secretsText(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${shellQuoted(value)}\n`)
    .join('');
}

/** The files of secrets with their values from Vault. @throws VaultError that names every reference which can't be read */
export async function secretTexts(
  session: Pick<Session, 'vaults' | 'report'>,
  { catalog }: Pick<Loaded, 'catalog'>,
  controller: Controller,
): Promise<SecretTexts> {
  const containers = secretContainers(controller);
  const { vault } = catalog.kinds;
  if (containers.length === 0 || vault === undefined) return {};
  const { readAll } = require('../../../vault/read-all') as typeof import('../../../vault/read-all');
  const references = containers.flatMap(({ name, secrets }) =>
    Object.entries(secrets).map(([variable, reference]) => [`${name} ${variable}`, reference] as const),
  );
  const values = await readAll(await session.vaults.client(vault), Object.fromEntries(references));
  for (const value of Object.values(values)) session.report.log.masks.add(value);
  return Object.fromEntries(
    containers.map(({ name, secrets }) => [
      name,
      secretsText(
        Object.fromEntries(
          Object.keys(secrets).map((variable) => [variable, values[`${name} ${variable}`] ?? '']),
        ),
      ),
    ]),
  );
}

/** The version of the values: that of the host where it has the same, else a new one. It is random, and tells nothing of a value. */
export function secretsVersion(texts: SecretTexts, { version, digests }: FoundSecrets): string {
  const isSame = Object.entries(texts).every(([name, text]) => digests[name] === digestOf(text));
  return isSame && version !== undefined ? version : randomBytes(16).toString('hex');
}
