import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../../base/package-root';
import { type PackageNeeds, packageName } from '../../../scaffold/package-files';
import type { Answers } from '../../../scaffold/set-keys';
import { packageVersion } from '../../session/settings';

/** What the project's package.json needs, from how this package itself is installed. */
export function packageNeeds(
  folder: string,
  answers: Answers,
  cdktn: boolean,
): Omit<PackageNeeds, 'environment'> {
  const root = packageRoot(__dirname);
  const { peerDependencies, devDependencies } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  ) as Record<'peerDependencies' | 'devDependencies', Readonly<Record<string, string>>>;
  return {
    name: answers.name ?? packageName(path.basename(folder)),
    source: answers.package ?? installedFrom(root) ?? packageVersion(),
    // The versions that our tests run on.
    peers: Object.fromEntries(
      Object.keys(peerDependencies).map((name) => [
        name,
        devDependencies[name] ?? peerDependencies[name] ?? '',
      ]),
    ),
    cdktn,
  };
}

/** Where npm found this package, if that was a file of the project: `file:kakehashi-0.1.0.tgz`. */
function installedFrom(root: string): string | undefined {
  const lock = path.join(root, '../.package-lock.json');
  if (!existsSync(lock)) return undefined;
  try {
    const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as {
      readonly packages?: Readonly<Record<string, { readonly resolved?: string }>>;
    };
    const resolved = packages?.[`node_modules/${path.basename(root)}`]?.resolved;
    return resolved?.startsWith('file:') ? resolved : undefined;
  } catch {
    return undefined;
  }
}
