import { rmSync } from 'node:fs';
import path from 'node:path';
import { readIfThere, writeExactly } from '../../../base/files';
import type { Folders } from '../../session/folders';
import { controllerFolder, makeKeyFolder } from './folder';

/** What the last plan of the controller's stack counts on. No secret is in it. */
export interface PlannedFiles {
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
export function notePlanned(folders: Pick<Folders, 'states'>, planned: PlannedFiles): void {
  const folder = controllerFolder(folders);
  makeKeyFolder(folder);
  writeExactly(fileOf(folders), `${JSON.stringify(planned, undefined, 1)}\n`, 0o600);
}

/** What the last plan counts on; undefined where none was made here. */
export function plannedFiles(folders: Pick<Folders, 'states'>): PlannedFiles | undefined {
  const text = readIfThere(fileOf(folders));
  if (text === undefined) return undefined;
  try {
    const { fingerprint, end, reason, newAuthority, secretsVersion } = Object(JSON.parse(text));
    if (typeof fingerprint !== 'string' || typeof end !== 'string') return undefined;
    return {
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

export function forgetPlanned(folders: Pick<Folders, 'states'>): void {
  rmSync(fileOf(folders), { force: true });
}

function fileOf(folders: Pick<Folders, 'states'>): string {
  return path.join(controllerFolder(folders), 'plan.json');
}
