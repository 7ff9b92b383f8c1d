import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageRoot } from '../../base/package-root';

const ROOT = packageRoot(__dirname);

/** An environment that is applied and killed. */
export interface Environment {
  readonly name: string;
  /** Its catalog; see {@link newProject} for what it may extend. */
  readonly catalog: string;
  /** Whether the providers are served by a process of their own, so that a killed driver leaves them alive, as real ones are left. */
  readonly apart: boolean;
}

/** The example environment, and a hub with one more network. */
const DEV: Environment = {
  name: 'dev',
  apart: true,
  catalog: `cci_version: '1.0'
extends: example.yml
hubs:
  main: { aws_region: ap-northeast-1, create: { route_tables: { prod: {} }, vpn: { routing: bgp } } }
aws:
  second:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.26.2.0/24
    create: { vpc_cidr: 172.26.0.0/16, egress: none, vpn: { gateway: transit, hub: main, route_table: prod } }
`,
};

/** A Vault and one network. The Vault of a sandbox is reached from its own process alone, so the driver serves the providers. */
const LAB: Environment = {
  name: 'lab',
  apart: false,
  catalog: `cci_version: '1.0'
extends: base.yml
vault:
  address: https://10.0.2.15:8443
  mounts: { secret: { version: 1, create: {} }, notes: { version: 2, create: {} } }
  policies: { deploy: { rules: [{ path: secret/aws/*, capabilities: [read] }], may: [read secret/aws/access_key], create: {} } }
  users: { alice: { role: regular, create: {} }, rose: { role: regular, api: readonly, create: {} } }
  approles: { ci: { policies: [deploy], create: {} } }
aws:
  default:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, egress: none }
`,
};

export const ENVIRONMENTS: readonly Environment[] = [DEV, LAB];

/** The program under test, as it was compiled. */
export const KAKEHASHI = path.join(ROOT, 'dist/scripts/kakehashi.js');

/** A project with this environment alone, in a new temporary folder. The example environment is `example.yml` there. */
export function newProject({ name, catalog }: Environment): string {
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
