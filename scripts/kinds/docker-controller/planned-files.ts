import { rmSync } from 'node:fs';
import path from 'node:path';
import { digestOf, readIfThere, writeExactly } from '../../../base/files';
import { makeFolder } from '../../../base/make-folder';
import type { Controller } from '../../../catalog/kinds/docker-controller/controller';
import { type Folders, stackFolder } from '../../session/folders';
import { secretContainers } from './secrets';

/** What the saved plan of the controller's stack counts on; it lies beside the plan. No secret is in it. */
export interface PlannedFiles {
  /** What the catalog wanted of certificate and secrets, which is not in what Terraform reads: a digest. */
  readonly wanted: string;
  readonly fingerprint: string;
  /** `2027-12-31T00:00:00Z`. */
  readonly end: string;
  /** Why the certificate is another one than that on the host, as a clause; absent where it stays. */
  readonly reason?: string;
  /** Whether clients must trust another authority from then on. */
  readonly newAuthority?: boolean;
  /** Absent where no container has secrets. */
  readonly secretsVersion?: string;
}

/** Notes what a plan counts on, for its apply. */
export function notePlanned(folders: Folders, stack: string, planned: PlannedFiles): void {
  makeFolder(stackFolder(folders, stack));
  writeExactly(fileOf(folders, stack), `${JSON.stringify(planned, undefined, 1)}\n`, 0o600);
}

/** What the last plan counts on; undefined where none was made here. */
export function plannedFiles(folders: Folders, stack: string): PlannedFiles | undefined {
  const text = readIfThere(fileOf(folders, stack));
  if (text === undefined) return undefined;
  try {
    const { wanted, fingerprint, end, reason, newAuthority, secretsVersion } = Object(JSON.parse(text));
    if (typeof wanted !== 'string' || typeof fingerprint !== 'string' || typeof end !== 'string')
      return undefined;
    return {
      wanted,
      fingerprint,
      end,
      ...(typeof reason === 'string' ? { reason } : {}),
      ...(newAuthority === true ? { newAuthority } : {}),
      ...(typeof secretsVersion === 'string' ? { secretsVersion } : {}),
    };
  } catch {
    return undefined;
  }
}

export function forgetPlanned(folders: Folders, stack: string): void {
  rmSync(fileOf(folders, stack), { force: true });
}

/** What a catalog wants of certificate and secrets. */
export function wantedDigest(controller: Controller): string {
  const { certificate, privateIpmask } = controller;
  const secrets = secretContainers(controller).map((container) => [container.name, container.secrets]);
  return digestOf(JSON.stringify([certificate, privateIpmask, secrets]));
}

function fileOf(folders: Folders, stack: string): string {
  return path.join(stackFolder(folders, stack), 'controller-plan.json');
}
