import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Loaded } from '../../catalog/environment/catalog';
import { CatalogError } from '../../catalog/ground/catalog-error';
import { pathText } from '../../catalog/ground/path';
import type { Problem } from '../../catalog/ground/problem';
import { fixText, statementText } from '../../catalog/ground/problem-text';
import type { AwsNetwork } from '../../catalog/kinds/aws-network/network';
import { type LoadOptions, loadEnvironment } from '../../catalog/load';

const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with the given files, removed after the tests. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-catalog-'));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

/** What loading an environment gives: the environment, or the problems that it has. */
export function tryLoad(
  files: Readonly<Record<string, string>>,
  environment = 'dev',
  options: Partial<LoadOptions> = {},
): { readonly loaded?: Loaded; readonly problems: readonly Problem[]; readonly folder: string } {
  const folder = folderOf(files);
  try {
    const loaded = loadEnvironment({ directory: folder, environment, ...options });
    return { loaded, problems: loaded.problems, folder };
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return { problems: error.problems, folder };
  }
}

/** The problems as `dev.yml:12:17-30 code path: message | mend`. */
export function problemLines(
  files: Readonly<Record<string, string>>,
  environment?: string,
  options?: Partial<LoadOptions>,
): readonly string[] {
  const { problems, folder } = tryLoad(files, environment, options);
  return problems.map((problem) => problemLine(problem, folder));
}

/** The text of a problem's path, what it says, and how to fix it. */
export function textsOf(problem: Problem) {
  return { path: pathText(problem.where.path), message: statementText(problem), fix: fixText(problem) };
}

/** What is created on AWS. */
export function awsNetworks(loaded: Loaded | undefined): readonly AwsNetwork[] {
  return loaded?.catalog.kinds['aws-network']?.networks ?? [];
}

function problemLine(problem: Problem, folder: string): string {
  const { severity, code, where, fix } = problem;
  const { position } = where;
  const place = position
    ? `${path.relative(folder, position.file)}:${position.line}:${position.column}-${position.endColumn} `
    : '';
  const mark = severity === 'error' ? '' : `${severity} `;
  const help = fix.length === 0 ? '' : ` | ${fixText(problem)}`;
  const line = `${place}${mark}${code} ${pathText(where.path)}: ${statementText(problem)}${help}`;
  return line.replaceAll(`${folder}${path.sep}`, '').replaceAll(folder, '.');
}

/** A catalog without a problem, that tests change. */
export const GOOD = `cci_version: '1.0'
site:
  controller: 10.0.2.15/24
  public_ip: 198.51.100.10
  subnets: [10.0.2.0/24]
  asn: 65000
aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    create:
      vpc_cidr: 172.30.0.0/16
      public_subnet: 172.30.1.0/24
      ingress: vc-node
      vpn: {}
  second:
    private_network_ipmask: 172.30.3.0/24
    create: { within: default }
  adopted:
    aws_region: us-west-2
    aws_vpc_subnet_id: subnet-0862300dba34162ed
    aws_vpc_security_group_id: sg-0387934d3cd06946f
sakura:
  default:
    sakura_local_switch_id: '112900000000'
    sakura_private_subnet_gateway_ip: 172.23.1.1
    sakura_zone: tk1a
`;

/** The good catalog with a part of it replaced. */
export function changed(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the catalog holds no ${JSON.stringify(from)}`);
    return text.replace(from, () => to);
  }, GOOD);
}
