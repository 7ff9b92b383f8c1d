import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { awsBehaviour, awsSchema, schemaFile } from '../../sandbox/schemas/files';
import { renew } from '../../sandbox/schemas/renew';

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
      ...awsSchema(),
      resource_schemas: { ...awsSchema().resource_schemas, aws_instance: { version: 1, block: {} } },
    },
  },
});

it('makes the same files again, from plain and from packed ones', () => {
  const schema = write('schema.json.gz', printed(), true);
  const behaviour = write('behaviour.json', { ...awsBehaviour(), aws_instance: {} });
  renew(schema, behaviour, folder);
  for (const name of ['schema', 'behaviour'] as const) {
    expect(readFileSync(join(folder, basename(schemaFile(name))), 'utf8')).toBe(
      readFileSync(schemaFile(name), 'utf8'),
    );
  }
});

it('names what a file lacks', () => {
  const { aws_vpc: _, ...behaviour } = awsBehaviour();
  const [schemaPath, behaviourPath] = [write('schema.json', printed()), write('behaviour.json', behaviour)];
  expect(() => renew(schemaPath, behaviourPath, folder)).toThrow(`${behaviourPath}: no aws_vpc`);
  expect(() => renew(write('other.json', {}), behaviourPath, folder)).toThrow(
    'no schema of the AWS provider',
  );
});
