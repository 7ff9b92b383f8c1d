import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { CommandError, Failure } from '../base/errors';
import { Interrupted } from '../base/interrupted';
import type { Processes } from '../base/process';

/** The Terraform, or OpenTofu, that a run uses. */
export interface Binary {
  readonly file: string;
  readonly flavor: 'terraform' | 'opentofu';
  readonly version: string;
}

const NEEDED = { terraform: [1, 6], opentofu: [1, 8] } as const;
const NEEDED_TEXT = '1.6 or newer is needed (or OpenTofu 1.8)';

/**
 * Finds Terraform and checks its version.
 *
 * @param named - a file or a name, from `--terraform-bin`; otherwise `terraform`, then `tofu`
 * @throws {@link Failure} with one line when there is none, or it is too old
 */
export async function findTerraform(
  named: string | undefined,
  processes: Processes,
  env: NodeJS.ProcessEnv,
): Promise<Binary> {
  const names = named === undefined ? ['terraform', 'tofu'] : [named];
  const file = names.map((name) => onPath(name, env.PATH ?? '')).find((found) => found !== undefined);
  if (file === undefined) {
    const what =
      named === undefined
        ? 'neither terraform nor tofu is'
        : `${named}: ${existsSync(named) ? 'not a program that can be run' : 'no such program'}`;
    throw new Failure(
      named === undefined
        ? `${what} on the PATH: Terraform ${NEEDED_TEXT}; install one, or name it with --terraform-bin`
        : `${what}: Terraform ${NEEDED_TEXT}`,
    );
  }
  const version = await versionOf(file, processes, env);
  const flavor = path.basename(file).includes('tofu') ? 'opentofu' : 'terraform';
  const [major, minor] = NEEDED[flavor];
  if (!atLeast(version, major, minor)) {
    const name = flavor === 'terraform' ? 'terraform' : 'opentofu';
    const needed = flavor === 'terraform' ? NEEDED_TEXT : '1.8 or newer is needed (or Terraform 1.6)';
    throw new Failure(`${name} ${version} is too old: ${needed}; found at ${file}`);
  }
  return { file, flavor, version };
}

/** Whether a version is at least `major.minor`. */
export function atLeast(version: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
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
    throw new Failure(
      `${file}: not a Terraform: \`version -json\` says no terraform_version; Terraform ${NEEDED_TEXT}`,
    );
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
