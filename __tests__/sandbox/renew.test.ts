import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AWS_FILES } from '../../sandbox/aws/files';
import { AZURE_FILES } from '../../sandbox/azure/files';
import { DOCKER_FILES } from '../../sandbox/docker/files';
import { VAULT_FILES } from '../../sandbox/vault/provider/files';
import { renew } from '../../tools/renew-schema';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-renew-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, value: unknown, packed = false): string {
  const file = join(folder, name);
  const text = JSON.stringify(value);
  writeFileSync(file, packed ? gzipSync(text) : text);
  return file;
}

/** What `terraform providers schema -json` prints, with a type more than is used. */
const printed = () => ({
  format_version: '1.0',
  provider_schemas: {
    'registry.terraform.io/hashicorp/aws': {
      ...AWS_FILES.schema,
      resource_schemas: {
        ...AWS_FILES.schema.resource_schemas,
        aws_lambda_function: { version: 1, block: {} },
      },
    },
  },
});

it('makes the same files again, from plain and from packed ones', () => {
  const schema = write('schema.json.gz', printed(), true);
  const behaviour = write('behaviour.json', { ...AWS_FILES.behaviour, aws_lambda_function: {} });
  renew(schema, behaviour, folder);
  for (const name of ['schema', 'behaviour'] as const) {
    expect(readFileSync(join(folder, basename(AWS_FILES.file(name))), 'utf8')).toBe(
      readFileSync(AWS_FILES.file(name), 'utf8'),
    );
  }
});

it('makes those of azurerm again too', () => {
  const schema = write('schema.json', {
    provider_schemas: { 'registry.terraform.io/hashicorp/azurerm': AZURE_FILES.schema },
  });
  renew(schema, write('behaviour.json', AZURE_FILES.behaviour), folder);
  for (const name of ['schema', 'behaviour'] as const) {
    expect(readFileSync(join(folder, basename(AZURE_FILES.file(name))), 'utf8')).toBe(
      readFileSync(AZURE_FILES.file(name), 'utf8'),
    );
  }
});

it('makes those of Docker again too, whose namespace is another one', () => {
  const schema = write('schema.json', {
    provider_schemas: { 'registry.terraform.io/kreuzwerker/docker': DOCKER_FILES.schema },
  });
  renew(schema, write('behaviour.json', DOCKER_FILES.behaviour), folder);
  for (const name of ['schema', 'behaviour'] as const) {
    expect(readFileSync(join(folder, basename(DOCKER_FILES.file(name))), 'utf8')).toBe(
      readFileSync(DOCKER_FILES.file(name), 'utf8'),
    );
  }
});

it('makes those of Vault again too, by the provider that the schema names', () => {
  const schema = write('schema.json', {
    provider_schemas: { 'registry.terraform.io/hashicorp/vault': VAULT_FILES.schema },
  });
  renew(schema, write('behaviour.json', VAULT_FILES.behaviour), folder);
  for (const name of ['schema', 'behaviour'] as const) {
    expect(readFileSync(join(folder, basename(VAULT_FILES.file(name))), 'utf8')).toBe(
      readFileSync(VAULT_FILES.file(name), 'utf8'),
    );
  }
});

it('names what a file lacks', () => {
  const { aws_vpc: _, ...behaviour } = AWS_FILES.behaviour;
  const [schemaPath, behaviourPath] = [write('schema.json', printed()), write('behaviour.json', behaviour)];
  expect(() => renew(schemaPath, behaviourPath, folder)).toThrow(`${behaviourPath}: no aws_vpc`);
  expect(() => renew(write('other.json', {}), behaviourPath, folder)).toThrow(
    'no schema of hashicorp/aws or hashicorp/azurerm or kreuzwerker/docker or hashicorp/vault',
  );
});
