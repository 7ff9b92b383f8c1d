import path from 'node:path';
import { digestOfFile, readIfThere } from '../../../base/files';
import { compareTexts } from '../../../base/text/compare-texts';
import { comparable } from './comparable';
import { filesBelow } from './revision';

/** The files of a project beside its catalogs on which plans depend, and folders of them. */
export const PROJECT_FILES = [
  'cdktf.json',
  '.terraform.lock.hcl',
  'package.json',
  'package-lock.json',
  'policy',
] as const;

/** The packages that decide what is synthesized. */
const PACKAGES = /^(kakehashi|cdktf|cdktn|constructs|@cdktf\/.+|@cdktn\/.+)$/;

/** A difference of a project that is no catalog's. */
export interface ProjectDifference {
  readonly reason: string;
  /** The provider whose stacks it is about: `hashicorp/aws`. @default - all stacks */
  readonly provider?: string;
}

/** How two revisions of a project differ beside their catalogs. */
export function projectDifferences(before: string, after: string): readonly ProjectDifference[] {
  const differs = (file: string, meaning: (text: string) => string) => {
    const [old, now] = [before, after].map((folder) => readIfThere(path.join(folder, file)));
    return (old === undefined ? undefined : meaning(old)) !== (now === undefined ? undefined : meaning(now));
  };
  return [
    ...(differs('cdktf.json', jsonMeaning) ? [{ reason: 'cdktf.json differs' }] : []),
    ...lockDifferences(before, after),
    ...versionDifferences(before, after),
    ...ruleDifferences(before, after),
  ];
}

function jsonMeaning(text: string): string {
  try {
    return comparable(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Rules that the user wrote. */
function ruleDifferences(before: string, after: string): readonly ProjectDifference[] {
  const filesOf = (folder: string) => filesBelow(path.join(folder, 'policy'));
  return [...new Set([...filesOf(before), ...filesOf(after)])].sort(compareTexts).flatMap((file) => {
    const at = path.join('policy', file);
    const [old, now] = [before, after].map((folder) => digestOfFile(path.join(folder, at)));
    return old === now ? [] : [{ reason: `${at} differs` }];
  });
}

function lockDifferences(before: string, after: string): readonly ProjectDifference[] {
  const [old, now] = [before, after].map((folder) =>
    dependencyLock(readIfThere(path.join(folder, '.terraform.lock.hcl')) ?? ''),
  ) as [ReadonlyMap<string, LockedProvider>, ReadonlyMap<string, LockedProvider>];
  return [...new Set([...old.keys(), ...now.keys()])].sort(compareTexts).flatMap((source) => {
    const [was, is] = [old.get(source), now.get(source)];
    if (was?.text === is?.text) return [];
    const versions = [was?.version ?? 'none', is?.version ?? 'none'];
    const how = versions[0] === versions[1] ? 'differs' : `goes from ${versions[0]} to ${versions[1]}`;
    return [{ reason: `${source} ${how} in .terraform.lock.hcl`, provider: source }];
  });
}

interface LockedProvider {
  readonly version: string | undefined;
  /** What the lock says of it, without comments and order. */
  readonly text: string;
}

/** The providers of a dependency lock, by their sources without the registry. */
function dependencyLock(text: string): ReadonlyMap<string, LockedProvider> {
  const providers = new Map<string, LockedProvider>();
  const blocks = text
    .split('\n')
    .map((line) => line.replace(/^\s*(#|\/\/).*$/, '').trim())
    .join('\n')
    .matchAll(/^provider "([^"]+)" \{\n([\s\S]*?)^\}/gm);
  for (const [, address = '', body = ''] of blocks) {
    const words = body.split(/[\s,]+/).filter((word) => word !== '');
    providers.set(address.split('/').slice(1).join('/'), {
      version: /^version\s*=\s*"([^"]*)"/m.exec(body)?.[1],
      text: words.sort(compareTexts).join(' '),
    });
  }
  return providers;
}

/** Other versions of this package, or of what it synthesizes with. The installation that compares has one of them only. */
function versionDifferences(before: string, after: string): readonly ProjectDifference[] {
  const [old, now] = [versionsOf(before), versionsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort(compareTexts).flatMap((name) => {
    const [was, is] = [old.get(name) ?? 'none', now.get(name) ?? 'none'];
    return was === is ? [] : [{ reason: `the package ${name} goes from ${was} to ${is}` }];
  });
}

interface PackageFile {
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
  readonly packages?: Readonly<Record<string, { readonly version?: unknown }>>;
}

/** The versions of the packages that matter: those that are locked, else what is asked for. */
function versionsOf(folder: string): ReadonlyMap<string, string> {
  const locked = readJson(path.join(folder, 'package-lock.json'))?.packages;
  const asked = readJson(path.join(folder, 'package.json'));
  const found: [string, unknown][] =
    locked === undefined
      ? Object.entries({ ...asked?.dependencies, ...asked?.devDependencies })
      : Object.entries(locked).map(([at, one]) => [at.replace(/^node_modules\//, ''), one.version]);
  return new Map(found.flatMap(([name, version]) => (PACKAGES.test(name) ? [[name, String(version)]] : [])));
}

function readJson(file: string): PackageFile | undefined {
  try {
    return JSON.parse(readIfThere(file) ?? '') as PackageFile;
  } catch {
    return undefined;
  }
}
