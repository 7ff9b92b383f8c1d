import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { listObjects } from '../../sandbox/store/objects';
import { hasTerraform, TerraformFolder } from './terraform-folder';

const FIELD = resolve(__dirname, '../fixtures/field');
const withTerraform = hasTerraform() ? it : it.skip;

jest.setTimeout(120_000);

let folder: TerraformFolder;
beforeEach(async () => {
  folder = new TerraformFolder();
  await folder.serve();
});
afterEach(async () => {
  await folder.stopServing();
  folder.remove();
});

/** What a configuration from the field must do: the exit codes, and what is printed. */
interface Expected {
  readonly apply: number;
  readonly says?: readonly string[];
  /** 0 for no changes, 2 for changes, 1 for an error. */
  readonly plan: number;
  readonly planSays?: readonly string[];
}

/** Output as one line, since Terraform wraps its messages. */
function joined(output: string): string {
  return output.replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ');
}

/** The diagnostics that `terraform plan -json` prints, with the address of the resource. */
function diagnosticsIn(output: string): readonly { readonly address: string; readonly words: string }[] {
  return output.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    const { diagnostic } = JSON.parse(line) as { diagnostic?: Readonly<Record<string, string | undefined>> };
    if (diagnostic === undefined) return [];
    const { severity, summary, detail, address = '' } = diagnostic;
    return [{ address, words: [severity, summary, detail].filter(Boolean).join(': ') }];
  });
}

async function begin(name: string): Promise<void> {
  copyFileSync(join(FIELD, name, 'main.tf'), join(folder.path, 'main.tf'));
  await folder.expect(0, 'init');
}

describe('a configuration from the field', () => {
  withTerraform.each<[string, Expected]>([
    ['tf-data-sources', { apply: 0, plan: 0 }],
    ['data-sources-of-every-type', { apply: 0, plan: 0 }],
    ['tf-igw-order', { apply: 0, plan: 0 }],
    ['tf-missing-types', { apply: 0, plan: 0 }],
    ['tf-moved-removed', { apply: 0, plan: 0 }],
    ['tf-kvv2', { apply: 0, says: ['4 added'], plan: 0, planSays: ['No changes.'] }],
    ['tf-vpc-module-small', { apply: 0, says: ['1 added'], plan: 0 }],
    ['tf-vpn-gateway-module-small', { apply: 0, says: ['5 added'], plan: 0 }],
    ['tf-list-check', { apply: 0, says: ['v6 = "2001:db8:'], plan: 0 }],
    [
      'tf-cgw-noasn',
      {
        apply: 0,
        plan: 2,
        planSays: ['bgp_asn = "65000" -> null # forces replacement', '1 to add, 0 to change, 1 to destroy'],
      },
    ],
    [
      'tf-jasg',
      {
        apply: 1,
        says: [
          'api error InvalidParameterValue: Value (ノード用) for parameter GroupDescription is invalid. Character sets beyond ASCII are not supported.',
        ],
        plan: 2,
      },
    ],
    [
      'tf-v6region',
      {
        apply: 1,
        says: [
          'Warning: The sandbox simulates hashicorp/aws 5.100.0, not ">= 6.28"',
          'Error: The argument "region" of aws_vpc is not in the simulated version',
          'Error: The attribute "region" of data.aws_region is not in the simulated version',
        ],
        plan: 1,
        planSays: [
          'The sandbox simulates hashicorp/aws 5.100.0, which does not have it; hashicorp/aws 6.25.0 has.',
        ],
      },
    ],
  ])('%s', async (name, { apply, says = [], plan, planSays = [] }) => {
    await begin(name);
    const applied = joined(await folder.expect(apply, 'apply', '-auto-approve'));
    for (const text of says) expect(applied).toContain(text);
    // What an output compares is right.
    expect(applied.split(' Outputs: ')[1] ?? '').not.toContain('= false');
    const planned = joined(await folder.expect(plan, 'plan', '-detailed-exitcode'));
    for (const text of planSays) expect(planned).toContain(text);
    await folder.expect(0, 'destroy', '-auto-approve');
    // The tokens that the provider made of its own run out by themselves.
    const left = listObjects(folder.objectsFile).filter(({ type }) => type !== 'vault_token');
    expect(left).toEqual([]);
  });

  withTerraform(
    'tf-validators: each wrong argument gets the words of the real provider, and no other does',
    async () => {
      const file = join(FIELD, 'tf-validators', 'main.tf');
      const [provider = '', ...resources] = readFileSync(file, 'utf8').split(/\n(?=resource )/);
      const recorded = JSON.parse(
        readFileSync(join(FIELD, 'tf-validators', 'answers.json'), 'utf8'),
      ) as Readonly<Record<string, readonly string[]>>;
      const said = new Map(Object.keys(recorded).map((name) => [name, new Set<string>()]));
      const ask = async (asked: readonly string[], exitCode: number) => {
        folder.write([provider, ...asked].join('\n'));
        const output = await folder.expect(exitCode, 'plan', '-refresh=false', '-json');
        for (const { address, words } of diagnosticsIn(output))
          said.get(address.split('.')[1] ?? '')?.add(words);
      };
      folder.write(provider);
      await folder.expect(0, 'init');
      await ask(resources, 1);
      // Terraform plans nothing as long as a resource is not valid, so those that are valid are asked again.
      const isValid = (resource: string) => {
        const [, name = ''] = /^resource "\w+" "(\w+)"/.exec(resource) ?? [];
        return ![...(said.get(name) ?? [])].some((words) => words.startsWith('error'));
      };
      const valid = resources.filter(isValid);
      await ask(valid, 1);
      await ask(valid.filter(isValid), 0);
      expect(Object.fromEntries([...said].map(([name, words]) => [name, [...words].sort()]))).toEqual(
        recorded,
      );
      expect(said.size).toBe(resources.length);
    },
  );

  withTerraform('tf-missing-types, switched on: refused in the name of the sandbox', async () => {
    await begin('tf-missing-types');
    const output = joined(await folder.expect(1, 'plan', '-var=on=true'));
    expect(output).toContain('Error: The sandbox does not simulate aws_network_acl');
    expect(output).toContain(
      'that the sandbox simulates are: aws_autoscaling_group, aws_autoscaling_schedule, aws_cloudwatch_log_group,',
    );
    expect(output).not.toContain('does not support resource type');
  });

  withTerraform('tf-moved-removed, second step: one moves, one is forgotten', async () => {
    await begin('tf-moved-removed');
    await folder.expect(0, 'apply', '-auto-approve');
    copyFileSync(join(FIELD, 'tf-moved-removed', 'second.tf.txt'), join(folder.path, 'main.tf'));
    const output = joined(await folder.expect(0, 'apply', '-auto-approve'));
    expect(output).toContain('1 added, 0 changed, 0 destroyed');
    expect(listObjects(folder.objectsFile, 'aws_eip')).toHaveLength(1);
  });

  withTerraform('tf-igw-order without depends_on: a gateway with mapped addresses does not go', async () => {
    await begin('tf-igw-order');
    await folder.expect(0, 'apply', '-auto-approve');
    const file = join(folder.path, 'main.tf');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/ {2}depends_on = .*\n/, ''));
    await folder.expect(0, 'apply', '-auto-approve');
    const output = await folder.expect(1, 'destroy', '-auto-approve', '-target=aws_internet_gateway.i');
    expect(joined(output)).toContain('api error DependencyViolation: Network vpc-');
  });
});

describe('a module in another folder', () => {
  withTerraform('may name types that are not simulated, and requires what it requires', async () => {
    const module = mkdtempSync(join(tmpdir(), 'kakehashi-module-'));
    try {
      writeFileSync(
        join(module, 'main.tf'),
        `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}
resource "aws_vpc" "v" { cidr_block = "10.1.0.0/16" }
resource "aws_db_subnet_group" "d" {
  count      = 0
  subnet_ids = []
}`,
      );
      folder.write(`provider "aws" { region = "us-east-1" }\nmodule "m" { source = "${module}" }`);
      await folder.expect(0, 'init');
      const output = joined(await folder.expect(0, 'apply', '-auto-approve'));
      expect(output).toContain('The sandbox simulates hashicorp/aws 5.100.0, not ">= 6.0"');
    } finally {
      rmSync(module, { recursive: true, force: true });
    }
  });
});

describe('arguments of a later version', () => {
  withTerraform('that are null, as modules for both versions have them, are taken', async () => {
    folder.write(`
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}
variable "region" { default = null }
provider "aws" { region = "us-east-1" }
resource "aws_vpc" "v" {
  region     = var.region
  cidr_block = "10.1.0.0/16"
}
data "aws_vpc" "v" {
  id     = aws_vpc.v.id
  region = var.region
}
resource "aws_db_subnet_group" "d" {
  count      = 0
  region     = "us-west-2"
  subnet_ids = []
}`);
    await folder.expect(0, 'init');
    expect(await folder.expect(0, 'apply', '-auto-approve')).not.toContain('Warning');
    await folder.expect(0, 'plan', '-detailed-exitcode');
    const refused = joined(await folder.expect(1, 'plan', '-var=region=us-west-2'));
    expect(refused).toContain('The argument "region" of aws_vpc is not in the simulated version');
    await folder.expect(0, 'destroy', '-auto-approve');
  });
});
