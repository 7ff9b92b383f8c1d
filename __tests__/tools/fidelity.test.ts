import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AWS_FILES } from '../../sandbox/aws/files';
import { AZURE_FILES } from '../../sandbox/azure/files';
import { VAULT_FILES } from '../../sandbox/vault/provider/files';
import { type Fidelity, measureFidelity, readRecording, reasonFor } from '../../tools/fidelity';

jest.setTimeout(180_000);

function figure({ figures }: Fidelity, name: string): { asked: number; agreeing: number } {
  return figures.find(({ question }) => question === name) ?? { asked: 0, agreeing: -1 };
}

it('answers as the real provider did', async () => {
  const fidelity = await measureFidelity(AWS_FILES);
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
  const fidelity = await measureFidelity(AZURE_FILES);
  const asked = fidelity.figures.filter((one) => one.asked > 0);
  expect(asked.map(({ question, asked, agreeing }) => `${question} ${agreeing}/${asked}`)).toEqual([
    'replaces 78/78',
    'in place 248/248',
    'defaults 24/24',
    'unknown 40/40',
    'refused 114/114',
    'accepted 177/177',
    'together 6/6',
    'legacy 19/19',
  ]);
  expect(fidelity.differences).toEqual([]);
});

it('answers as the real provider of Vault did', async () => {
  const fidelity = await measureFidelity(VAULT_FILES);
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
    const { differences } = await measureFidelity(AWS_FILES, readRecording(file));
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
