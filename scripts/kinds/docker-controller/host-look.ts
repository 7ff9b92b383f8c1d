import { digestOf } from '../../../base/files';
import type { Controller } from '../../../catalog/kinds/docker-controller/controller';
import type { Engine } from '../docker/engine';
import { type HostFile, readHostFiles } from '../docker/host-files';
import { readCertificate } from './certificate/certificate';
import type { FoundCertificate } from './certificate/fitness';
import type { HostPaths } from './host-paths';
import { type FoundSecrets, secretContainers } from './secrets';

/** What is on the controller's host already. No private key and no secret has left it. */
export interface HostLook {
  readonly found: FoundCertificate;
  /** The SHA-256 of the private key's file. */
  readonly keyDigest?: string;
  /** The authority's file. */
  readonly authorityText?: string;
  readonly environment?: string;
  readonly secrets: FoundSecrets;
}

/** Looks at the files on the controller's host, all at once. @throws Failure where it is not reached */
export async function lookAtHost(
  engine: Engine,
  paths: HostPaths,
  controller: Controller,
): Promise<HostLook> {
  const containers = secretContainers(controller).map(({ name }) => name);
  const [certificate, authority, sums, environment, version, key, ...digests] = await readHostFiles(engine, [
    { what: 'text', path: paths.certificate },
    { what: 'text', path: paths.authority },
    { what: 'text', path: paths.sums },
    { what: 'text', path: paths.environment },
    { what: 'text', path: paths.secretsVersion },
    { what: 'digest', path: paths.key },
    ...containers.map((name) => ({ what: 'digest' as const, path: paths.secretsOf(name) })),
  ]);
  const pem = valueIn(certificate);
  const authorityText = valueIn(authority);
  const keyDigest = valueIn(key);
  const environmentText = valueIn(environment);
  const read = pem === undefined ? undefined : readCertificate(pem);
  const signer = authorityText === undefined ? undefined : readCertificate(authorityText);
  const known = valueIn(version)?.trim();
  return {
    found: {
      ...(read === undefined ? {} : { certificate: read }),
      ...(signer === undefined ? {} : { authority: signer }),
      hasKey:
        pem !== undefined &&
        keyDigest !== undefined &&
        valueIn(sums) === sumsText({ key: keyDigest, certificate: digestOf(pem) }),
    },
    ...(keyDigest === undefined ? {} : { keyDigest }),
    ...(authorityText === undefined ? {} : { authorityText }),
    ...(environmentText === undefined ? {} : { environment: environmentText }),
    secrets: {
      ...(known !== undefined && /^[0-9a-f]{32}$/.test(known) ? { version: known } : {}),
      digests: Object.fromEntries(
        containers.flatMap((name, index) => {
          const digest = valueIn(digests[index]);
          return digest === undefined ? [] : [[name, digest]];
        }),
      ),
    },
  };
}

/** The text of the file of digests: it tells, without the key, whether it is still the one that was made with the certificate. */
export function sumsText(digests: { readonly key: string; readonly certificate: string }): string {
  return `${digests.certificate}  occtr_cert.pem\n${digests.key}  occtr_key.pem\n`;
}

function valueIn(file: HostFile | undefined): string | undefined {
  return file?.kind === 'text' || file?.kind === 'digest' ? file.value : undefined;
}
