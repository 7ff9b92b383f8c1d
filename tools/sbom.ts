import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../base/package-root';

/** The parts of a CycloneDX document that are looked at here; the rest stays as npm wrote it. */
interface Bill {
  readonly serialNumber: string;
  readonly metadata: { readonly timestamp: string };
}

interface Manifest {
  readonly name: string;
  readonly devDependencies: unknown;
  readonly peerDependencies: unknown;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
}

/**
 * The software bill of materials of the published package, as CycloneDX 1.5: what `npm install kakehashi` installs, by the lock
 * file. Peer packages are the user's own.
 *
 * npm is asked about a project without the development packages: `npm sbom --omit dev` of npm 11 leaves out shipped packages that a
 * development package needs too. npm names the folder in place of the package, and writes the time and a random number; without
 * them the same lock file gives the same bytes.
 */
function billOf(root: string): string {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const { devDependencies: _dev, peerDependencies: _peer, ...manifest } = read('package.json') as Manifest;
  const { packages, ...lock } = read('package-lock.json') as Lock;
  const { '': _root, ...installed } = packages;
  const shipped = Object.entries(installed).filter(([, { dev }]) => dev !== true);

  const work = mkdtempSync(join(tmpdir(), 'kakehashi-sbom-'));
  try {
    const folder = join(work, manifest.name);
    mkdirSync(folder);
    const write = (file: string, value: object) => writeFileSync(join(folder, file), JSON.stringify(value));
    write('package.json', manifest);
    write('package-lock.json', { ...lock, packages: { '': manifest, ...Object.fromEntries(shipped) } });
    const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
    const printed = execFileSync('npm', args, { cwd: folder, encoding: 'utf8' });
    const { serialNumber: _random, metadata, ...bill } = JSON.parse(printed) as Bill;
    const { timestamp: _now, ...about } = metadata;
    return `${JSON.stringify({ ...bill, metadata: about }, null, 2)}\n`;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

process.stdout.write(billOf(packageRoot(__dirname)));
