import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageRoot } from '../../base/package-root';

const ROOT = packageRoot(__dirname);

/** An environment that is applied and killed; its catalog is in `catalogs/`. See {@link newProject} for what it may extend. */
export interface Environment {
  readonly name: string;
  /** Whether the providers are served by a process of their own, so that a killed driver leaves them alive, as real ones are left. */
  readonly apart: boolean;
}

const DEV: Environment = { name: 'dev', apart: true };

/** The Vault of a sandbox is reached from its own process alone, so the driver serves the providers. */
const LAB: Environment = { name: 'lab', apart: false };

export const ENVIRONMENTS: readonly Environment[] = [DEV, LAB];

/** The program under test, as it was compiled. */
export const KAKEHASHI = path.join(ROOT, 'dist/scripts/kakehashi.js');

/** A project with this environment alone, in a new temporary folder. The example environment is `example.yml` there. */
export function newProject({ name }: Environment): string {
  const catalog = readFileSync(path.join(ROOT, `tools/kills/catalogs/${name}.yml`), 'utf8');
  const folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-kills-'));
  const catalogs = path.join(folder, 'catalog');
  mkdirSync(catalogs);
  cpSync(path.join(ROOT, 'catalog/base.yml'), path.join(catalogs, 'base.yml'));
  if (/^extends: example.yml$/m.test(catalog))
    cpSync(path.join(ROOT, 'catalog/dev.yml'), path.join(catalogs, 'example.yml'));
  writeFileSync(path.join(catalogs, `${name}.yml`), catalog);
  const app = `node ${path.join(ROOT, 'dist/stacks/main.js')}`;
  const { language } = JSON.parse(readFileSync(path.join(ROOT, 'cdktf.json'), 'utf8')) as {
    language: string;
  };
  writeFileSync(
    path.join(folder, 'cdktf.json'),
    JSON.stringify({ language, app, projectId: 'kills', sendCrashReports: 'false' }),
  );
  return folder;
}
