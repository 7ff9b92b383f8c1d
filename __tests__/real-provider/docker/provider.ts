import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The versions of the real provider in the folder of `KAKEHASHI_TEST_DOCKER_PROVIDER`, which has a folder with the executable for each:
 * `3.6.2/terraform-provider-docker_v3.6.2`.
 */
export function providerVersions(): readonly string[] {
  const folder = process.env.KAKEHASHI_TEST_DOCKER_PROVIDER ?? '';
  if (folder === '' || !existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => existsSync(executableOf(folder, name)));
}

/** Writes a mirror with one version, and Terraform's configuration that names it. @returns the configuration's path */
export function mirrorOf(version: string, folder: string): string {
  const mirror = join(folder, 'mirror');
  const target = join(
    mirror,
    'registry.terraform.io/kreuzwerker/docker',
    version,
    `linux_${process.arch === 'x64' ? 'amd64' : process.arch}`,
  );
  mkdirSync(target, { recursive: true });
  copyFileSync(
    executableOf(process.env.KAKEHASHI_TEST_DOCKER_PROVIDER ?? '', version),
    join(target, `terraform-provider-docker_v${version}`),
  );
  const file = join(folder, 'terraform.rc');
  writeFileSync(file, `provider_installation {\n  filesystem_mirror { path = "${mirror}" }\n}\n`);
  return file;
}

function executableOf(folder: string, version: string): string {
  return join(folder, version, `terraform-provider-docker_v${version}`);
}
