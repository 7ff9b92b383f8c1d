import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled, ROOT } from './support/compiled';

/** A package of `package-lock.json`. */
interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly license?: string;
  readonly inBundle?: boolean;
  readonly dev?: boolean;
  readonly peer?: boolean;
  readonly hasInstallScript?: boolean;
}

interface Package {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
const own = readJson('package.json') as Package;
const { '': _root, ...packages } = (
  readJson('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> }
).packages;
const locked = Object.entries(packages);
const namesOf = (found: typeof locked) => found.map(([folder]) => nameOf(folder)).sort();

function nameOf(folder: string): string {
  return folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** The package whose archive has a bundled package in it. */
function archiveOf(folder: string): Locked | undefined {
  const parent = folder.slice(0, folder.lastIndexOf('/node_modules/'));
  const found = packages[parent];
  return found?.inBundle === true ? archiveOf(parent) : found;
}

/** Permissive: they ask for the text of the licence, no more. */
const SHIPPED = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);

/** Of what is used to build and to test, and is not shipped. */
const BUILDING = new Set([...SHIPPED, 'BlueOak-1.0.0', 'CC-BY-4.0', 'CC0-1.0', 'MPL-2.0', 'Unlicense']);

/** No SPDX expression; each was looked up. */
const NAMED_OTHERWISE: Readonly<Record<string, string>> = {
  // Its README: "Public Domain". Bundled by cdktf.
  jsonify: 'Public Domain',
};

/** Whether an SPDX expression without exceptions can be fulfilled with some licences: `(MIT OR GPL-3.0-or-later)`. */
function isSatisfied(expression: string, allowed: ReadonlySet<string>): boolean {
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((id) => allowed.has(id)));
}

describe('the packages of package-lock.json', () => {
  test('are fixed by a SHA-512 each, their own or that of the archive they are bundled in', () => {
    const loose = locked.filter(
      ([folder, one]) =>
        !/^sha512-/.test((one.inBundle === true ? archiveOf(folder)?.integrity : one.integrity) ?? ''),
    );
    expect(namesOf(loose)).toEqual([]);
    expect(locked.length).toBeGreaterThan(500);
  });

  test('name no registry', () => {
    expect(namesOf(locked.filter(([, { resolved }]) => resolved !== undefined))).toEqual([]);
  });

  test('run no install script: what is shipped has none, and npm is told to run none of the others', () => {
    const scripts = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    expect(namesOf(scripts.filter(([, { dev }]) => dev !== true))).toEqual([]);
    expect(own.allowScripts).toEqual(Object.fromEntries(namesOf(scripts).map((name) => [name, false])));
  });

  test('that are shipped have permissive licences', () => {
    const shipped = locked.filter(([, { dev, peer }]) => dev !== true && peer !== true);
    const others = shipped.filter(([, { license = '' }]) => !isSatisfied(license, SHIPPED));
    expect(namesOf(others)).toEqual([]);
    expect(shipped.length).toBeGreaterThan(20);
  });

  test('that build and test have licences that allow it', () => {
    const others = locked.filter(
      ([folder, { license = '' }]) =>
        !isSatisfied(license, BUILDING) && NAMED_OTHERWISE[nameOf(folder)] !== license,
    );
    expect(namesOf(others)).toEqual([]);
  });
});

test('dependencies have exact versions', () => {
  const ranges = Object.entries({ ...own.dependencies, ...own.devDependencies }).filter(
    ([, version]) => !/^(npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  );
  expect(ranges).toEqual([]);
});

test('the bill of materials names what is shipped, each with its hash, and is the same each time', () => {
  const bill = () => execFileSync(process.execPath, [compiled('tools/sbom.js')], { encoding: 'utf8' });
  const text = bill();
  const { specVersion, metadata, components } = JSON.parse(text) as {
    readonly specVersion: string;
    readonly metadata: { readonly component: { readonly name: string } };
    readonly components: readonly {
      readonly name: string;
      readonly version: string;
      readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
    }[];
  };
  expect([specVersion, metadata.component.name]).toEqual(['1.5', 'kakehashi']);
  const shipped = locked.filter(([, { dev }]) => dev !== true);
  const expected = shipped.map(([folder, { version, integrity = '' }]) => {
    const hash = Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');
    return `${nameOf(folder)}@${version} ${hash}`;
  });
  const found = components.map(({ name, version, hashes }) => `${name}@${version} ${hashes?.[0]?.content}`);
  expect(found.sort()).toEqual(expected.sort());
  expect(bill()).toBe(text);
});
