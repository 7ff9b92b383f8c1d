import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AWS_FILES } from '../../sandbox/aws/files';
import type { ProviderFiles } from '../../sandbox/schemas/provider-files';
import { type Fidelity, measureFidelity, readRecording, reasonFor } from '../../tools/fidelity';
import { compiled } from '../support/compiled';

jest.setTimeout(400_000);

/** What the compiled tool measures of a provider: in Jest's own module system it takes six times as long. */
async function measured(files: string, name: string): Promise<Fidelity> {
  const program = `const { measureFidelity } = require(${JSON.stringify(compiled('tools/fidelity.js'))});
const { ${name} } = require(${JSON.stringify(compiled(files))});
measureFidelity(${name}).then((fidelity) => process.stdout.write(JSON.stringify(fidelity)));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { maxBuffer: 1e8 });
  return JSON.parse(stdout);
}

function figure({ figures }: Fidelity, name: string): { asked: number; agreeing: number } {
  return figures.find(({ question }) => question === name) ?? { asked: 0, agreeing: -1 };
}

it('answers as the real provider did', async () => {
  const fidelity = await measured('sandbox/aws/files.js', 'AWS_FILES');
  for (const question of [
    'replaces',
    'in place',
    'defaults',
    'unknown',
    'legacy',
    'together',
    'further',
    'refused values',
    'refused plans',
    'imports',
  ]) {
    const { asked, agreeing } = figure(fidelity, question);
    expect({ question, agreeing }).toEqual({ question, agreeing: asked });
  }
  expect(figure(fidelity, 'further').asked).toBeGreaterThan(150);
  const refused = figure(fidelity, 'refused');
  expect(refused.agreeing).toBe(refused.asked);
  expect(figure(fidelity, 'replaces').asked).toBeGreaterThan(80);
  expect(figure(fidelity, 'in place').asked).toBeGreaterThan(200);
  expect(refused.asked).toBeGreaterThan(80);
  expect(figure(fidelity, 'refused values').asked).toBeGreaterThan(33_000);
  expect(figure(fidelity, 'imports').asked).toBeGreaterThan(800);
  expect(fidelity.differences.filter((difference) => reasonFor(difference) === undefined)).toEqual([]);
});

it('answers as the real provider of Azure did', async () => {
  const fidelity = await measured('sandbox/azure/files.js', 'AZURE_FILES');
  const asked = fidelity.figures.filter((one) => one.asked > 0);
  expect(asked.map(({ question, asked, agreeing }) => `${question} ${agreeing}/${asked}`)).toEqual([
    'replaces 243/243',
    'in place 575/575',
    'defaults 51/51',
    'unknown 128/128',
    'refused 290/290',
    'accepted 421/421',
    'together 15/15',
    'legacy 36/36',
  ]);
  expect(fidelity.differences).toEqual([]);
});

it('answers as the real provider of Docker did', async () => {
  const fidelity = await measured('sandbox/docker/files.js', 'DOCKER_FILES');
  const asked = fidelity.figures.filter((one) => one.asked > 0);
  expect(asked.map(({ question, asked, agreeing }) => `${question} ${agreeing}/${asked}`)).toEqual([
    'replaces 145/145',
    'in place 42/42',
    'defaults 15/15',
    'unknown 29/29',
    'refused 13/13',
    'accepted 123/123',
    'legacy 4/4',
    'further 206/206',
    'refused values 16106/16106',
    'states 4454/4454',
    'reads 3293/3293',
    'imports 3310/3310',
  ]);
  expect(fidelity.differences).toEqual([]);
});

it('answers as the real provider of Vault did', async () => {
  const fidelity = await measured('sandbox/vault/provider/files.js', 'VAULT_FILES');
  const figures = fidelity.figures.map(({ question, asked, agreeing }) => `${question} ${agreeing}/${asked}`);
  expect(figures).toEqual([
    'replaces 55/55',
    'in place 83/83',
    'defaults 15/15',
    'unknown 48/48',
    'refused 5/5',
    'accepted 79/79',
    'together 1/1',
    'legacy 12/12',
    'further 70/70',
    'refused values 12521/12521',
    'refused plans 0/0',
    'states 934/934',
    'reads 886/886',
    'imports 1035/1035',
  ]);
  expect(fidelity.differences).toEqual([]);
});

it('sees a sandbox that answers otherwise', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-fidelity-test-'));
  try {
    const vpc = AWS_FILES.behaviour.aws_vpc;
    const file = join(folder, 'behaviour.json');
    const other = {
      ...vpc,
      replaces: ['enable_dns_support'],
      defaults: { enable_dns_support: false },
      unknown: vpc?.unknown.slice(1),
      values: { instance_tenancy: { oneOf: ['default'] }, tags: {} },
      together: {},
      legacy: false,
    };
    writeFileSync(file, JSON.stringify({ ...AWS_FILES.behaviour, aws_vpc: other }));
    const types = { ...AWS_FILES.types, managed: ['aws_vpc'] };
    const files: ProviderFiles = Object.create(AWS_FILES, { types: { value: types } });
    const { differences } = await measureFidelity(files, readRecording(file));
    expect(differences.map(({ question, type, path }) => `${question} ${type}.${path}`).sort()).toEqual([
      'defaults aws_vpc.enable_dns_support',
      'defaults aws_vpc.instance_tenancy',
      'in place aws_vpc.cidr_block',
      'in place aws_vpc.ipv4_ipam_pool_id',
      'in place aws_vpc.ipv4_netmask_length',
      'legacy aws_vpc.',
      'refused aws_vpc.instance_tenancy',
      'replaces aws_vpc.enable_dns_support',
      'unknown aws_vpc.arn',
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
