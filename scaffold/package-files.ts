import { jsonText } from './json-text';
import type { ProjectFile } from './project-file';

/** What a project needs of npm. */
export interface PackageNeeds {
  /** The project's name. */
  readonly name: string;
  /** Where npm finds kakehashi: a version, or a file. */
  readonly source: string;
  /** The exact versions of what kakehashi leaves to the project, by name. */
  readonly peers: Readonly<Record<string, string>>;
  readonly environment: string;
  /** Whether cdktf is its fork, cdktn, under cdktf's name. */
  readonly cdktn: boolean;
}

/** The version of the fork that the tests run on. */
export const CDKTN = 'npm:cdktn@0.24.0';

export interface PackageManifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
}

/** The parts of `package.json` that the project needs; a package.json of the user's own gets them by hand. */
export function manifestOf({ source, peers, environment, cdktn }: PackageNeeds): PackageManifest {
  return {
    scripts: {
      validate: 'kakehashi validate',
      sandbox: `kakehashi apply ${environment} --sandbox --yes`,
    },
    dependencies: Object.fromEntries(
      Object.entries({ ...peers, ...(cdktn ? { cdktf: CDKTN } : {}), kakehashi: source }).sort(([a], [b]) =>
        a < b ? -1 : 1,
      ),
    ),
    ...(cdktn ? { overrides: { cdktf: '$cdktf' } } : {}),
  };
}

export function packageFiles(needs: PackageNeeds): readonly ProjectFile[] {
  return [
    {
      path: 'package.json',
      text: jsonText({ name: needs.name, private: true, ...manifestOf(needs) }),
    },
    {
      path: 'cdktf.json',
      text: jsonText({
        language: 'typescript',
        app: 'node node_modules/kakehashi/dist/stacks/main.js',
        projectId: needs.name,
        sendCrashReports: 'false',
      }),
    },
  ];
}

/** A folder's name as the name of a package. */
export function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 64);
  return name === '' ? 'vpn-catalog' : name;
}
