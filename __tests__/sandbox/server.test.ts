import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AWS_FILES } from '../../sandbox/aws/files';
import { completed } from '../../sandbox/provider/normalize';
import { startSandbox } from '../../sandbox/server';
import { ProviderClient } from '../../tools/provider-client';

let folder: string;
let objectsFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-server-'));
  objectsFile = join(folder, 'sandbox.out', 'objects.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('attaches Terraform and OpenTofu to this process', async () => {
  const server = await startSandbox({ objectsFile, faultsFile: '' });
  const attached = JSON.parse(server.environment.TF_REATTACH_PROVIDERS ?? '') as Record<string, object>;
  expect(Object.keys(attached)).toEqual([
    'registry.terraform.io/hashicorp/aws',
    'registry.opentofu.org/hashicorp/aws',
    'registry.terraform.io/hashicorp/azurerm',
    'registry.opentofu.org/hashicorp/azurerm',
    'registry.terraform.io/kreuzwerker/docker',
    'registry.opentofu.org/kreuzwerker/docker',
    'registry.terraform.io/hashicorp/vault',
    'registry.opentofu.org/hashicorp/vault',
  ]);
  for (const provider of Object.values(attached)) {
    expect(provider).toMatchObject({
      Protocol: 'grpc',
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true,
      Addr: { Network: 'tcp' },
    });
  }
  expect(server.providers).toEqual([
    'hashicorp/aws 5.100.0',
    'hashicorp/azurerm 4.55.0',
    'kreuzwerker/docker 3.6.2',
    'hashicorp/vault 5.6.0',
  ]);
  await server.close();
});

it('owns its objects while it serves, and gives them free', async () => {
  const server = await startSandbox({ objectsFile, faultsFile: '' });
  await expect(startSandbox({ objectsFile, faultsFile: '' })).rejects.toThrow(
    `${objectsFile}: is in use by process ${process.pid}`,
  );
  await server.close();
  expect(existsSync(`${objectsFile}.lock`)).toBe(false);
  await (await startSandbox({ objectsFile, faultsFile: '' })).close();
});

it('does not start with a wrong faults file, and leaves no lock', async () => {
  const faultsFile = join(folder, 'faults.json');
  writeFileSync(faultsFile, '[{}]');
  await expect(startSandbox({ objectsFile, faultsFile })).rejects.toThrow(
    '[0].type: must be a resource type',
  );
  expect(existsSync(`${objectsFile}.lock`)).toBe(false);
});

it('answers the calls that are under way before it closes', async () => {
  const faultsFile = join(folder, 'faults.json');
  writeFileSync(
    faultsFile,
    JSON.stringify([{ type: 'aws_vpc', operation: 'create', fault: 'delay', seconds: 0.3 }]),
  );
  const server = await startSandbox({ objectsFile, faultsFile });
  const client = ProviderClient.attached(server);
  await client.configure({ region: 'us-east-1' });
  const config = completed(AWS_FILES.schema.resource_schemas.aws_vpc?.block ?? {}, {
    cidr_block: '10.0.0.0/16',
  });
  const { planned } = await client.plan('aws_vpc', null, config, config);
  const applied = client.apply('aws_vpc', null, planned, config);
  // A later call on the same connection is answered, so that the one before it has arrived.
  await client.plan('aws_vpc', null, config, config);
  const closed = server.close();
  expect((await applied).state).toMatchObject({ id: expect.stringMatching(/^vpc-/) });
  client.close();
  await closed;
});
