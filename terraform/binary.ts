import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { CommandError, Failure } from '../base/errors';
import { Interrupted } from '../base/interrupted';
import type { Processes } from '../base/process';

/** The program that a run uses: Terraform or OpenTofu. */
export interface Binary {
  readonly file: string;
  readonly flavor: 'terraform' | 'opentofu';
  readonly version: string;
}

const NEEDED = { terraform: [1, 6], opentofu: [1, 8] } as const;
const INSTALL = ['install Terraform 1.6 or newer', 'OpenTofu 1.8 or newer', 'name it with --terraform-bin'];

/**
 * Finds Terraform, or OpenTofu, and checks its version.
 *
 * @param named - a file or a name, from `--terraform-bin`; otherwise `terraform`, then `tofu`
 * @throws {@link Failure} when there is none, or it is too old
 */
export async function findTerraform(
  named: string | undefined,
  processes: Processes,
  env: NodeJS.ProcessEnv,
): Promise<Binary> {
  const names = named === undefined ? ['terraform', 'tofu'] : [named];
  const file = names.map((name) => onPath(name, env.PATH ?? '')).find((found) => found !== undefined);
  if (file === undefined) {
    const fault =
      named === undefined
        ? { summary: 'neither terraform nor tofu is on the PATH' }
        : {
            where: named,
            summary: existsSync(named) ? 'is not an executable program' : 'there is no such program',
          };
    throw new Failure({ ...fault, fixes: INSTALL });
  }
  const version = await versionOf(file, processes, env);
  const flavor = path.basename(file).includes('tofu') ? 'opentofu' : 'terraform';
  const [major, minor] = NEEDED[flavor];
  if (!atLeast(version, major, minor)) {
    throw new Failure({ where: file, summary: `${flavor} ${version} is too old`, fixes: INSTALL });
  }
  return { file, flavor, version };
}

/** Whether a version is `major.minor` or newer. */
export function atLeast(version: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** The option for what `init` prints. `-json` exists from Terraform 1.9 on; OpenTofu prints text. */
export function initFormat({ flavor, version }: Binary): '-json' | '-no-color' {
  return flavor === 'terraform' && atLeast(version, 1, 9) ? '-json' : '-no-color';
}

async function versionOf(file: string, processes: Processes, env: NodeJS.ProcessEnv): Promise<string> {
  const args = ['version', '-json'];
  const result = await processes.run({
    command: file,
    args,
    cwd: process.cwd(),
    env,
    capture: true,
    expendable: true,
  });
  const argv = [file, ...args];
  if (processes.interrupted) throw new Interrupted();
  if (result.kind === 'spawn-failed') {
    throw new CommandError(`${file}: can't be started (${result.code})`, argv, result.kind, undefined, []);
  }
  const version = /"terraform_version":\s*"([^"]+)"/.exec(result.stdout)?.[1];
  if (version === undefined) {
    throw new Failure({
      where: file,
      summary: 'is not Terraform: `version -json` prints no terraform_version',
      fixes: INSTALL,
    });
  }
  return version;
}

function onPath(name: string, searchPath: string): string | undefined {
  const candidates = name.includes(path.sep)
    ? [path.resolve(name)]
    : searchPath.split(path.delimiter).map((folder) => path.join(folder, name));
  return candidates.find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
