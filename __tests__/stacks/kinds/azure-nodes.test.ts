import '../../../stacks/fast-tokens';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { AZURE_GROUP } from '../../../catalog/kinds/azure-nodes/keys';
import { AZURE_NODES_CASES, azureNodes } from '../../fixtures/azure-nodes';
import { temporaryFolder } from '../../support/catalog-folder';
import { expectGolden } from '../../support/golden';
import { addresses, only, type Synthesized } from '../../support/synthesized';
import { synthesizedCatalog } from '../../support/synthesized-catalog';

function stackOf(text: string): Synthesized {
  const { stacks } = synthesizedCatalog(temporaryFolder({ 'lab.yml': text }), ['lab']);
  const [, stack] = Object.entries(stacks).find(([id]) => id.startsWith('lab-nodes-')) ?? [];
  if (stack === undefined) throw new Error('no stack');
  return stack;
}

const isCustomData = (key: string): boolean => key === 'custom_data';

/** The stack with a word for the user data, which have tests of their own. */
function withoutUserData(stack: Synthesized): string {
  return JSON.stringify(stack, (key, value) => (isCustomData(key) ? '(user data)' : value), 2);
}

/** What cloud-init gets. */
function userDataOf(stack: Synthesized): string {
  const found: string[] = [];
  JSON.stringify(stack, (key, value) => {
    if (isCustomData(key)) found.push(value);
    return value;
  });
  if (found.length !== 1) throw new Error(`${found.length} user data`);
  return gunzipSync(Buffer.from(String(found[0]), 'base64')).toString();
}

it.each(Object.entries(AZURE_NODES_CASES))('synthesizes the group %s to its golden file', (name, text) => {
  expectGolden(`azure-${name}.golden.json`, `${withoutUserData(stackOf(text))}\n`);
});

it('has a golden file with each key of a group', () => {
  const used = new Set(
    Object.values(AZURE_NODES_CASES).flatMap((text) =>
      Object.values(parse(text).node_groups as object).flatMap((group: object) => Object.keys(group)),
    ),
  );
  expect(Object.keys(AZURE_GROUP.keys).filter((key) => !used.has(key))).toEqual([]);
});

it('keeps every resource address: a change here replaces real nodes', () => {
  const list = Object.entries(AZURE_NODES_CASES).flatMap(([name, text]) =>
    addresses(stackOf(text)).map((address) => `${name} ${address}`),
  );
  expectGolden('azure-nodes-addresses.golden.json', `${JSON.stringify(list, null, 2)}\n`);
});

it.each(Object.entries(AZURE_NODES_CASES))('makes the same bytes of the group %s twice', (_, text) => {
  const filesOf = () => synthesizedCatalog(temporaryFolder({ 'lab.yml': text }), ['lab']).files;
  expect(filesOf()).toEqual(filesOf());
});

it('changes nothing of the other nodes where one is added or removed', () => {
  const three = stackOf(azureNodes('    nodes: 3\n'));
  const four = stackOf(azureNodes('    nodes: 4\n'));
  const { azurerm_automation_job_schedule: before, ...resources } = three.resource;
  const { azurerm_automation_job_schedule: after, ...others } = four.resource;
  expect(others).toEqual(resources);
  const nodes = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => `lab-workers-n${index + 1}`).map((name) => [
        name.slice('lab-workers-'.length),
        { name, host: name },
      ]),
    );
  expect([three.locals, four.locals]).toEqual([{ Nodes_Each: nodes(3) }, { Nodes_Each: nodes(4) }]);
  expect(before?.LeaseEnd_Job?.parameters).toMatchObject({
    vmnames: 'lab-workers-n1,lab-workers-n2,lab-workers-n3',
  });
  expect(after?.LeaseEnd_Job?.parameters).toMatchObject({
    vmnames: 'lab-workers-n1,lab-workers-n2,lab-workers-n3,lab-workers-n4',
  });
});

it('holds no time: the lease is in the state', () => {
  const { files } = synthesizedCatalog(temporaryFolder({ 'lab.yml': azureNodes() }), ['lab']);
  const [, text = ''] =
    Object.entries(files).find(([file]) => file.endsWith('lab-nodes-workers/cdk.tf.json')) ?? [];
  expect(text).not.toMatch(/20[0-9]{2}-[0-9]{2}-[0-9]{2}T/);
});

it('finds the network of another stack by its names, and of an entry that exists already by its own', () => {
  const built = stackOf(azureNodes());
  expect(built.data).toEqual({
    azurerm_subnet: {
      Place_Subnet: {
        name: 'lab-default',
        resource_group_name: 'lab-default',
        virtual_network_name: 'lab-default',
      },
    },
    azurerm_network_security_group: {
      Place_SecurityGroup: { name: 'lab-default-nodes', resource_group_name: 'lab-default' },
    },
  });
  const guest = stackOf(azureNodes().replace('network: azure/default', 'network: azure/east2'));
  expect(guest.data?.azurerm_subnet?.Place_Subnet).toMatchObject({
    name: 'lab-east2',
    resource_group_name: 'lab-default',
  });
  expect(only(guest, 'azurerm_linux_virtual_machine').zone).toBe('2');
});

it('may delete the group of the nodes with what is left in it, and no other one', () => {
  const { stacks } = synthesizedCatalog(temporaryFolder({ 'lab.yml': azureNodes() }), ['lab']);
  expect(stacks['lab-nodes-workers']?.provider).toMatchObject({
    azurerm: [
      {
        features: [
          {
            resource_group: [{ prevent_deletion_if_contains_resources: false }],
            virtual_machine: [{ delete_os_disk_on_deletion: true }],
          },
        ],
      },
    ],
  });
  expect(stacks['lab-azure-default']?.provider).toMatchObject({ azurerm: [{ features: [{}] }] });
});

it('gives every resource that Azure lets have tags those of the network, of the group and of the node', () => {
  const { resource } = stackOf(AZURE_NODES_CASES['nodes-static'] ?? '');
  for (const type of ['azurerm_linux_virtual_machine', 'azurerm_network_interface', 'azurerm_managed_disk']) {
    for (const one of Object.values(resource[type] ?? {}))
      expect(one.tags).toMatchObject({
        environment: 'lab',
        'managed-by': 'kakehashi',
        'kakehashi:entry': 'lab/azure/default',
        'kakehashi:group': 'lab/workers',
        'kakehashi:node': '${each.key}',
        Name: expect.stringContaining('${each.value.name}'),
      });
  }
});

it('tells cloud-init what the nodes of the catalog run', () => {
  const text = userDataOf(stackOf(azureNodes()));
  expect(text).toMatch(/^#cloud-config\n/);
  expect(text).toContain('vcp/base:1.8.1-alpine3.13-x86_64');
  expect(text).toContain("CONTROLLER='10.0.2.15'");
  expect(text).toContain("IDLE_TIMEOUT='900'");
  expect(text).toContain('management.azure.com');
});

it('passes what is written like an expression of Terraform on as text, and disks by their units', () => {
  const text = userDataOf(stackOf(AZURE_NODES_CASES['nodes-one'] ?? ''));
  expect(text).toContain('/root/${x}');
  expect(text).toContain('MODE=%{ if }');
  expect(text).toContain('lun0 /old');
  expect(text).toContain('harbor.example.org/vcp/base');
});

it('gives nodes the places of their secrets, and no value of one to anybody', () => {
  const stack = stackOf(AZURE_NODES_CASES['nodes-one'] ?? '');
  const text = userDataOf(stack);
  const { name } = only(stack, 'azurerm_key_vault');
  expect(name).toMatch(/^kkh-[0-9a-f]{20}$/);
  for (const secret of ['registry-user', 'registry-password', 'DB-PASSWORD'])
    expect(text).toContain(`https://${name}.vault.azure.net/secrets/${secret}`);
  expect(stack.resource.azurerm_key_vault_secret?.['Secrets_DB-PASSWORD']).toMatchObject({
    value_wo: '${lookup(var.registry_auth, "workers/DB_PASSWORD", null)}',
    value_wo_version: expect.any(Number),
  });
  expect(stack.terraform).toMatchObject({ required_version: '>= 1.11.0' });
  expect(stack.variable).toMatchObject({ registry_auth: { ephemeral: true, sensitive: true } });
});

it('has the time servers and the resolvers of the entry, and no container where there is none', () => {
  const text = userDataOf(stackOf(AZURE_NODES_CASES['nodes-elastic'] ?? ''));
  expect(text).toContain('10.0.2.123');
  expect(text).toContain('DNS=10.0.2.53');
  expect(text).toContain('--dns-option');
  expect(userDataOf(stackOf(AZURE_NODES_CASES['nodes-static'] ?? ''))).toContain("CONTAINER='none'");
});

it('refuses user data that Azure does not take', () => {
  let random = 1;
  const noise = Array.from({ length: 93_000 }, () => {
    random = (random * 16807) % 2147483647;
    return String.fromCharCode(33 + (random % 90));
  }).join('');
  const folder = temporaryFolder({
    'lab.yml': azureNodes('    user_init_command: { file: init.sh }\n'),
    'init.sh': `#!/bin/sh\n: '${noise.replaceAll("'", ' ')}'\n`,
  });
  expect(() => synthesizedCatalog(folder, ['lab'])).toThrow(
    /^node_groups\.workers: custom data must have at most 65535 bytes, compressed, got [0-9]+; shorten user_init_command$/,
  );
});
