import { shellQuoted, shellWord } from '../base/text/shell-quoted';
import { ValueError } from '../model/value-error';
import type { BaseContainer, StoredObject } from './base-container';
import type { NodeSecret, NodeSoftware } from './node-software';

/** The variables that VCP's base container is started with; the node's programs set them. */
const VCP_VARIABLES = ['MY_PRIVATE_IP', 'VCCCTR_IPADDR', 'SERF_NODE_ID', 'VCCC_ID'];

/** The name of the container on the host. */
export const BASE_CONTAINER_NAME = 'kakehashi-base';

/** The arguments of `docker run` in front of the image, in VCP's order, then what is added. */
export function dockerArguments({ sshKeys }: NodeSoftware, container: BaseContainer): readonly string[] {
  const { privileged, volumes, environment, secretEnvironment, options } = container;
  const authorizedKeys = Buffer.from(sshKeys.map((key) => `${key}\n`).join('')).toString('base64');
  const variables = { AUTHORIZED_KEYS: authorizedKeys, ...environment };
  return [
    '-d',
    ...(privileged ? ['--privileged'] : []),
    '--net=host',
    ...['-v', '/dev:/dev'],
    ...VCP_VARIABLES.flatMap((name) => ['-e', name]),
    ...Object.entries(variables).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
    ...Object.keys(secretEnvironment).flatMap((name) => ['-e', name]),
    ...volumes.flatMap((volume) => ['-v', volume]),
    ...(options.dns ?? []).flatMap((address) => ['--dns', address]),
    ...(options.dnsSearch ?? []).flatMap((domain) => ['--dns-search', domain]),
    ...(options.addHost ?? []).flatMap((host) => ['--add-host', host]),
    ...(options.hostname === undefined ? [] : ['--hostname', options.hostname]),
    ...(options.gpus === undefined ? [] : ['--gpus', String(options.gpus)]),
    ...(options.options ?? []),
    ...['--name', BASE_CONTAINER_NAME],
  ];
}

/** The text of `/etc/kakehashi/container.conf`, which the node's program sources. */
export function containerConfiguration(software: NodeSoftware, container: BaseContainer): string {
  const { image, registry, bundle, userInit, secretEnvironment } = container;
  const object = (stored: StoredObject | undefined): readonly string[] =>
    stored === undefined ? [] : [stored.region, stored.bucket, stored.key, stored.sha256];
  return [
    '# shellcheck shell=bash disable=SC2034',
    list('arguments', dockerArguments(software, container)),
    `image=${shellQuoted(image)}`,
    `registry=${shellQuoted(registry?.host ?? '')}`,
    '# Region, bucket, key and SHA-256 of an object.',
    list('bundle', object(bundle)),
    list('user_init', object(userInit !== undefined && 's3' in userInit ? userInit.s3 : undefined)),
    list('secret_variables', Object.keys(secretEnvironment)),
    '',
  ].join('\n');
}

/** The secrets that the container needs. */
export function containerSecrets({ registry, secretEnvironment }: BaseContainer): readonly NodeSecret[] {
  const variables = Object.entries({
    ...(registry ? { REGISTRY_USER: registry.user, REGISTRY_PASSWORD: registry.password } : {}),
    ...secretEnvironment,
  });
  return variables.map(([name, id]) => ({ as: 'variable', name, id }));
}

/** @throws {@link ValueError} for an object in a bucket where the cloud's nodes can fetch none */
export function checkObjects({ cloud }: NodeSoftware, { bundle, userInit }: BaseContainer): void {
  if (cloud.hasStoredObjects) return;
  const stored = bundle ?? (userInit !== undefined && 's3' in userInit ? userInit.s3 : undefined);
  if (stored === undefined) return;
  throw new ValueError(`part of the user data, because nodes of ${cloud.name} fetch no objects`, stored.key);
}

function list(name: string, words: readonly string[]): string {
  if (words.length === 0) return `${name}=()`;
  return [`${name}=(`, ...words.map((word) => `  ${shellWord(word)}`), ')'].join('\n');
}
