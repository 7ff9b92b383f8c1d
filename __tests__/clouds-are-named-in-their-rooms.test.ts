import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './support/compiled';

/**
 * Where clouds are at home, and the registries, in which a kind is one line. A rule names what it reads of each cloud's resources,
 * and a new project the cloud that its user chose; what is recorded of the providers' schemas is data.
 */
const ROOMS =
  /^((catalog|scripts|stacks)\/kinds\/((aws|azure)\b|registry\.ts$)|model\/clouds\/(aws|azure)\/|constructs\/(aws|azure)\/|(nodes|sandbox|tools)\/(aws|azure)\/|rules\/(net|node|vault|vpn)\/|scaffold\/|review\/record\/normal\/recorded-types\.ts$|__tests__\/|bench\/)/;

/** What all clouds share, and therefore names some of them. */
const SHARED: Readonly<Record<string, string>> = {
  'catalog/adopted/keys.ts': 'the list of the providers whose entries VCP defines',
  'catalog/environment/backends.ts': 'states may lie in S3 or in a storage account, whatever is built',
  'model/clouds/provider-features.ts': "the list of what nodes of each provider can do, from VCP's manual",
  'model/vault/cloud-secrets.ts': 'the paths at which the VC controller looks for the secrets of each cloud',
  'sandbox/variables.ts': 'variables that no command in the sandbox gets',
  'sandbox/simulated.ts': 'the list of simulated providers',
  'sandbox/vault/core/unsimulated.ts': 'the secrets engines and log-ins that a real Vault has',
  'tools/renew-schema.ts': 'repairs a gap that the published schema of the provider has',
};

interface NamedCloud {
  /** Matches source text, without its comments, that names the cloud. */
  readonly names: RegExp;
  /** Files that name this cloud alone, each with the reason. */
  readonly reasons: Readonly<Record<string, string>>;
}

const CLOUDS: Readonly<Record<string, NamedCloud>> = {
  AWS: {
    names: /(?<![a-zA-Z])(?:aws|AWS|amazon|ec2)|[Aa]mazon|Aws|AWS|EC2/,
    reasons: {
      'catalog/adopted/aws.ts': 'the keys of the entries that VCP defines for aws, which exist without us',
      'sandbox/docker/container-checks.ts': 'a driver of logs that every Docker engine has',
      'tools/fidelity/wrong-values.ts': 'wrong names and ARNs, which every provider is asked about',
    },
  },
  Azure: {
    names: /azure/i,
    reasons: {
      'catalog/adopted/azure.ts':
        'the keys of the entries that VCP defines for azure, which exist without us',
      'catalog/ground/backend.ts': "the list of backends, with Azure's storage account",
      'stacks/state-backend.ts': "one branch a backend, with Azure's storage account",
    },
  },
};

/** Examples of keys, ids and references: they show a form, which does not depend on the cloud. */
const EXAMPLES =
  /\b(vault:\/\/)?secret\/aws\b|\baws\/(default|other|access_key|\*)|\baws\.default\b|\bdev-aws-default\b(\/aws_vpc\.\*)?/g;

test.each(Object.keys(CLOUDS))(
  'files outside of its rooms that name %s are few, and each has a reason',
  (cloud) => {
    const { names, reasons } = CLOUDS[cloud] ?? { names: /^/, reasons: {} };
    const listed = execFileSync('git', ['ls-files', '-z', '*.ts'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const named = listed.split('\0').filter((file) => {
      if (file === '' || ROOMS.test(file)) return false;
      const code = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      return names.test(code.replace(EXAMPLES, ''));
    });
    expect(named.filter((file) => !(file in SHARED)).sort()).toEqual(Object.keys(reasons).sort());
    expect(named.length).toBeLessThanOrEqual(11);
  },
);
