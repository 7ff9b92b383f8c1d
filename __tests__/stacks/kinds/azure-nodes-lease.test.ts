import '../../../stacks/fast-tokens';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PassedTime, passTime } from '../../../sandbox/azure/passing-time';
import { listObjects, ObjectLog } from '../../../sandbox/store/objects';
import { SSH_KEY } from '../../fixtures/azure-nodes';
import { CREDENTIALS } from '../../fixtures/options/common';
import { hasTerraform, TerraformFolder } from '../../sandbox/terraform-folder';
import { temporaryFolder } from '../../support/catalog-folder';
import { synthesizedCatalog } from '../../support/synthesized-catalog';

const test = hasTerraform() ? it : it.skip;

jest.setTimeout(180_000);

/** A network that something else made, with its groups in it. */
const NETWORK = `
resource "azurerm_resource_group" "theirs" {
  name     = "theirs"
  location = "japaneast"
}
resource "azurerm_virtual_network" "theirs" {
  name                = "theirs"
  location            = "japaneast"
  resource_group_name = azurerm_resource_group.theirs.name
  address_space       = ["10.8.0.0/16"]
}
resource "azurerm_subnet" "theirs" {
  name                 = "nodes"
  resource_group_name  = azurerm_resource_group.theirs.name
  virtual_network_name = azurerm_virtual_network.theirs.name
  address_prefixes     = ["10.8.1.0/24"]
}
resource "azurerm_network_security_group" "theirs" {
  name                = "rules"
  location            = "japaneast"
  resource_group_name = azurerm_resource_group.theirs.name
}
`;

const catalog = (keys: string): string => `cci_version: '1.0'
${CREDENTIALS}
providers: { azurerm: { subscription_id: 12345678-1234-9876-4563-123456789012, auth: cli } }
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
azure:
  theirs:
    azure_location: japaneast
    azure_resource_group_name: theirs
    azure_vnet_name: theirs
    azure_subnet_name: nodes
    azure_security_group_name: rules
    private_network_ipmask: 10.8.1.0/24
node_groups:
  workers: { network: azure/theirs, ssh_public_keys: ['${SSH_KEY}'], lease: 50m, ${keys} }
`;

let folder: TerraformFolder;
beforeEach(async () => {
  folder = new TerraformFolder();
  await folder.serve();
  folder.write(NETWORK);
});
afterEach(async () => {
  await folder.stopServing();
  folder.remove();
  delete process.env.TF_VAR_now;
  delete process.env.TF_VAR_ended;
  delete process.env.TF_VAR_registry_auth;
});

/** The stack of the group of a catalog, as the app writes it, with its state beside it. */
function group(keys: string): void {
  const { files } = synthesizedCatalog(temporaryFolder({ 'lab.yml': catalog(keys) }), ['lab'], {
    sandbox: true,
  });
  const [, text = ''] =
    Object.entries(files).find(([name]) => /nodes-workers.cdk\.tf\.json$/.test(name)) ?? [];
  const { terraform, ...stack } = JSON.parse(text);
  const { backend: _, ...rest } = terraform;
  writeFileSync(join(folder.path, 'nodes.tf.json'), JSON.stringify({ terraform: rest, ...stack }));
}

async function start(keys: string): Promise<void> {
  group(keys);
  at('00:00');
  await folder.expect(0, 'init');
  const network = ['azurerm_subnet.theirs', 'azurerm_network_security_group.theirs'];
  await folder.expect(0, 'apply', '-auto-approve', ...network.map((address) => `-target=${address}`));
  await folder.expect(0, 'apply', '-auto-approve');
}

/** Moves the clock of the plans. */
function at(time: string): void {
  process.env.TF_VAR_now = `2098-01-01T${time}:00Z`;
}

/** Lets Azure do what it does by itself until a time. */
async function pass(time: string): Promise<PassedTime> {
  await folder.stopServing();
  const log = ObjectLog.open(folder.objectsFile);
  try {
    return passTime(log, new Date(`2098-01-01T${time}:00Z`));
  } finally {
    log.close();
    await folder.serve();
  }
}

/** What a plan adds, changes and destroys. */
async function planned(...args: readonly string[]): Promise<string> {
  const output = (await folder.run('plan', '-detailed-exitcode', ...args)).output;
  return /Plan: (.*)\./.exec(output)?.[1] ?? (/No changes/.test(output) ? 'no changes' : output);
}

/** What a plan does to the resources of nodes, by their keys. */
async function plannedOf(...keys: readonly string[]): Promise<readonly string[]> {
  const { output } = await folder.run('plan');
  const headlines = [...output.matchAll(/^ +# (\S+ (?:will|must) be \w+)/gm)].map(([, line = '']) => line);
  return headlines.filter((line) => keys.some((key) => line.includes(`["${key}"]`)));
}

async function outputs(): Promise<Record<string, { readonly value: Record<string, unknown> }>> {
  return JSON.parse(await folder.expect(0, 'output', '-json'));
}

const machines = (): readonly string[] =>
  listObjects(folder.objectsFile)
    .filter(({ type }) => type === 'azurerm_linux_virtual_machine')
    .map(({ attributes }) => String(attributes.name))
    .sort();

const typesLeft = (): readonly string[] => [
  ...new Set(
    listObjects(folder.objectsFile)
      .map(({ type }) => type)
      .filter((type) => /disk|machine/.test(type)),
  ),
];

const RENEW = '-replace=terraform_data.Lease';

test('fixed nodes end with their lease, stay ended, and begin anew when it is renewed', async () => {
  await start('nodes: 2');
  expect((await outputs()).lease?.value).toEqual({
    start: '2098-01-01T00:00:00Z',
    end: '2098-01-01T00:50:00Z',
    seconds: 3000,
    idle: 900,
    ended: [],
  });
  expect((await outputs()).nodes?.value).toMatchObject({
    workers: { nodes: { n1: { instance_id: 'lab-workers-n1' }, n2: { instance_id: 'lab-workers-n2' } } },
  });
  at('00:20');
  expect(await planned()).toBe('no changes');

  expect((await pass('00:49')).ended).toEqual([]);
  expect(await pass('00:50')).toMatchObject({
    started: [],
    failures: [],
    ended: [{}, {}].map(() => expect.any(String)),
  });
  expect([machines(), typesLeft()]).toEqual([[], []]);
  at('00:51');
  const output = await folder.expect(0, 'apply', '-auto-approve');
  expect(output).toContain('Resources: 0 added, 0 changed, 0 destroyed');
  expect((await outputs()).nodes?.value).toMatchObject({ workers: { nodes: {} } });
  expect(await planned()).toBe('no changes');

  at('02:00');
  expect(await planned(RENEW)).toBe('3 to add, 1 to change, 1 to destroy');
  await folder.expect(0, 'apply', '-auto-approve', RENEW);
  expect(machines()).toEqual(['lab-workers-n1', 'lab-workers-n2']);
  expect(await planned()).toBe('no changes');
  expect((await pass('02:50')).ended).toHaveLength(2);
});

test('renewing a lease that goes on moves its end in place, and no node', async () => {
  await start('nodes: 2');
  at('00:30');
  expect(await planned(RENEW)).toBe('1 to add, 1 to change, 1 to destroy');
  await folder.expect(0, 'apply', '-auto-approve', RENEW);
  expect((await pass('00:50')).ended).toEqual([]);
  expect((await pass('01:20')).ended).toHaveLength(2);
});

test('a node that is added or removed touches no other one, and an ended one is not made anew', async () => {
  await start('nodes: 2');
  group('nodes: 3');
  expect(await plannedOf('n1', 'n2')).toEqual([]);
  expect(await plannedOf('n3')).toEqual([
    'azurerm_linux_virtual_machine.Nodes["n3"] will be created',
    'azurerm_network_interface.Nodes_Interface["n3"] will be created',
    'azurerm_network_interface_security_group_association.Nodes_SecurityGroup["n3"] will be created',
  ]);
  group('nodes: 1');
  expect(await plannedOf('n1')).toEqual([]);
  expect(await plannedOf('n2')).toEqual([
    'azurerm_linux_virtual_machine.Nodes["n2"] will be destroyed',
    'azurerm_network_interface.Nodes_Interface["n2"] will be destroyed',
    'azurerm_network_interface_security_group_association.Nodes_SecurityGroup["n2"] will be destroyed',
  ]);
  group('nodes: 2');
  process.env.TF_VAR_ended = '["n1"]';
  expect(await planned()).toBe('0 to add, 0 to change, 1 to destroy');
  await folder.expect(0, 'apply', '-auto-approve');
  expect(machines()).toEqual(['lab-workers-n2']);
  expect(await planned()).toBe('no changes');
});

test('an elastic group is empty after its lease, and full again when it is renewed', async () => {
  await start('kind: elastic, nodes: { initial: 2, max: 4 }');
  expect(machines()).toHaveLength(2);
  at('00:20');
  expect(await planned()).toBe('no changes');
  expect((await pass('00:20')).started).toEqual([]);

  expect((await pass('00:50')).ended).toHaveLength(2);
  expect(typesLeft()).toEqual(['azurerm_orchestrated_virtual_machine_scale_set']);
  at('00:51');
  expect(await planned()).toBe('no changes');

  at('02:00');
  expect(await planned(RENEW)).toBe('1 to add, 1 to change, 1 to destroy');
  await folder.expect(0, 'apply', '-auto-approve', RENEW);
  expect((await pass('02:01')).started).toHaveLength(2);
  expect(await planned()).toBe('no changes');
  expect((await pass('02:50')).ended).toHaveLength(2);
});

test('a disk that is kept outlives its node, and Terraform does not destroy it', async () => {
  const disks = 'disks: { data: { size: 10, mount: /data, keep: true }, scratch: { size: 10 } }';
  await start(`nodes: 1, ${disks}`);
  await pass('00:50');
  at('00:51');
  await folder.expect(0, 'apply', '-auto-approve');
  const left = listObjects(folder.objectsFile).filter(({ type }) => type === 'azurerm_managed_disk');
  expect(left.map(({ attributes }) => attributes.name)).toEqual(['lab-workers-n1-data']);
  expect(await planned()).toBe('no changes');
  const { exitCode, output } = await folder.run('destroy', '-auto-approve');
  expect(exitCode).toBe(1);
  expect(output).toContain('Instance cannot be destroyed');
});

test('the login for a registry is in the key vault alone', async () => {
  process.env.TF_VAR_registry_auth = JSON.stringify({
    'workers/registry-user': 'robot',
    'workers/registry-password': 'correct-horse',
  });
  await start(
    "nodes: 1, registry: { host: harbor.example.org, user: 'vault://secret/harbor/user', password: 'vault://secret/harbor/password' }",
  );
  expect(await planned()).toBe('no changes');
  expect(readFileSync(join(folder.path, 'terraform.tfstate'), 'utf8')).not.toContain('correct-horse');
  const secrets = listObjects(folder.objectsFile).filter(({ type }) => type === 'azurerm_key_vault_secret');
  expect(secrets.map(({ attributes }) => attributes.name).sort()).toEqual([
    'registry-password',
    'registry-user',
  ]);
  // The network of the test is in the same state, and Terraform does not know that nodes are in it.
  await folder.expect(0, 'destroy', '-auto-approve', '-target=azurerm_resource_group.ResourceGroup');
  expect(listObjects(folder.objectsFile).filter(({ id }) => id.includes('lab-nodes-workers'))).toEqual([]);
});
