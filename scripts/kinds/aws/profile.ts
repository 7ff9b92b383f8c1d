import { homedir } from 'node:os';
import path from 'node:path';
import { readIfThere, shownPath } from '../../../base/files';

/** A profile that the provider was told to use. */
export interface NamedProfile {
  readonly name: string;
  /** Where it is named: `providers.aws.profile`, `AWS_PROFILE`. */
  readonly from: string;
}

/** The profile that the catalog or a variable names; undefined where none does. */
export function namedProfile(
  profile: string | undefined,
  variables: NodeJS.ProcessEnv,
): NamedProfile | undefined {
  if (profile !== undefined) return { name: profile, from: 'providers.aws.profile' };
  const variable = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].find((name) => (variables[name] ?? '') !== '');
  return variable === undefined ? undefined : { name: String(variables[variable]), from: variable };
}

/** The files of AWS's shared configuration, as its SDKs find them. */
export function sharedFiles(variables: NodeJS.ProcessEnv): readonly string[] {
  const home = variables.HOME ?? homedir();
  return [
    variables.AWS_CONFIG_FILE || path.join(home, '.aws/config'),
    variables.AWS_SHARED_CREDENTIALS_FILE || path.join(home, '.aws/credentials'),
  ];
}

/** Whether one of the files has the profile, as `[name]` or `[profile name]`. A file that can't be read has none. */
export function hasProfile(name: string, files: readonly string[]): boolean {
  return files.some((file) =>
    (textOf(file) ?? '').split('\n').some((line) => {
      const [, section] = /^\s*\[\s*(?:profile\s+)?"?([^\]"]+?)"?\s*\]/.exec(line) ?? [];
      return section === name;
    }),
  );
}

/** `~/.aws/config or ~/.aws/credentials` */
export function filesText(files: readonly string[]): string {
  return files
    .map((file) => file.replace(homedir(), '~'))
    .map(shownIfRelative)
    .join(' or ');
}

function shownIfRelative(file: string): string {
  return file.startsWith('~') ? file : shownPath(file);
}

function textOf(file: string): string | undefined {
  try {
    return readIfThere(file);
  } catch {
    return undefined;
  }
}
