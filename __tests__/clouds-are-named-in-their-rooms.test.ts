import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './support/compiled';

/** Where a cloud is at home, and the registries, in which a kind is one line. */
const ROOMS =
  /^((catalog|scripts|stacks)\/kinds\/(aws|registry\.ts$)|model\/clouds\/aws|constructs\/aws\/|(sandbox|tools)\/aws\/|__tests__\/|bench\/)/;

/** The other files that name AWS, each with the reason. */
const REASONS: Readonly<Record<string, string>> = {
  'catalog/adopted/aws.ts': 'the keys of the entries that VCP defines for aws, which exist without us',
  'catalog/adopted/keys.ts': 'the list of the providers whose entries VCP defines',
  'catalog/environment/backends.ts': 'states may lie in S3, whatever is built',
  'model/clouds/provider-features.ts': "the list of what nodes of each provider can do, from VCP's manual",
  'model/vault/cloud-secrets.ts': 'the paths at which the VC controller looks for the secrets of each cloud',
  'sandbox/variables.ts': 'variables that no command in the sandbox gets',
  'sandbox/simulated.ts': 'the list of simulated providers',
  'sandbox/vault/core/unsimulated.ts': 'the secrets engines and log-ins that a real Vault has',
  'tools/fidelity/wrong-values.ts': 'wrong names and ARNs, which every provider is asked about',
  'tools/renew-schema.ts': 'repairs a gap that the published schema of AWS has',
};

/** Examples of keys, ids and references: they show a form, which does not depend on the cloud. */
const EXAMPLES = /\b(vault:\/\/)?secret\/aws\b|\baws\/(default|other|access_key|\*)|\bdev-aws-default\b/g;

function namesAws(file: string): boolean {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return /(?<![a-z])(aws|amazon|ec2)/i.test(code.replace(EXAMPLES, '')) || /[a-z](Aws|Amazon)/.test(code);
}

test('files outside of its rooms that name AWS are few, and each has a reason', () => {
  const listed = execFileSync('git', ['ls-files', '-z', '*.ts'], { cwd: ROOT, encoding: 'utf8' });
  const named = listed.split('\0').filter((file) => file !== '' && !ROOMS.test(file) && namesAws(file));
  expect(named.sort()).toEqual(Object.keys(REASONS).sort());
  expect(named.length).toBeLessThanOrEqual(10);
});
