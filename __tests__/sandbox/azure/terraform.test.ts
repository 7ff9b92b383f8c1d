import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AZURE_MANAGED_TYPES } from '../../../sandbox/azure/types';
import { editObject } from '../../../sandbox/edit-object';
import { listObjects } from '../../../sandbox/store/objects';
import { hasTerraform, TerraformFolder } from '../terraform-folder';

const test = hasTerraform() ? it : it.skip;

jest.setTimeout(120_000);

const CONFIGURATION = readFileSync(join(__dirname, 'every-type.tf'), 'utf8');

let folder: TerraformFolder;
beforeEach(async () => {
  delete process.env.KAKEHASHI_SANDBOX_AZURE_GATEWAY_SECONDS;
  folder = new TerraformFolder();
  await folder.serve();
});
afterEach(async () => {
  await folder.stopServing();
  folder.remove();
  delete process.env.KAKEHASHI_SANDBOX_AZURE_GATEWAY_SECONDS;
});

/** The number of a plan's last line: what it adds, changes and destroys. */
function counts(output: string): string {
  return /Plan: (.*)\./.exec(output)?.[1] ?? 'No changes';
}

const GATEWAY =
  '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/dev-default/providers/Microsoft.Network/virtualNetworkGateways/dev-gateway';

test('applies every type, plans nothing then, changes in place, replaces, and destroys', async () => {
  expect(AZURE_MANAGED_TYPES.filter((type) => !CONFIGURATION.includes(`resource "${type}"`))).toEqual([]);
  folder.write(CONFIGURATION);
  await folder.expect(0, 'init');
  await folder.expect(0, 'apply', '-auto-approve');
  expect(counts(await folder.expect(0, 'plan', '-detailed-exitcode'))).toBe('No changes');

  const key = JSON.parse(await folder.expect(0, 'output', '-json')) as Record<string, { value: unknown }>;
  expect(key.bgp?.value).toEqual([['169.254.21.2'], ['169.254.21.3']]);
  expect(key.addresses?.value).toEqual([['172.21.255.4'], ['172.21.255.5']]);

  // In place: a resize within the family, another key, a prefix of a rule, tags of the network.
  folder.write(
    CONFIGURATION.replace('VpnGw2AZ', 'VpnGw3AZ')
      .replace('0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210')
      .replace(
        'address_space       = ["172.21.0.0/16"]',
        'address_space       = ["172.21.0.0/16", "172.22.0.0/16"]',
      )
      .replace('priority                    = 200', 'priority                    = 210'),
  );
  expect(counts(await folder.expect(2, 'plan', '-detailed-exitcode'))).toBe(
    '0 to add, 4 to change, 0 to destroy',
  );
  await folder.expect(0, 'apply', '-auto-approve');
  expect(counts(await folder.expect(0, 'plan', '-detailed-exitcode'))).toBe('No changes');
  const kept = listObjects(folder.objectsFile).map(({ type }) => type);
  expect(kept.filter((type) => type === 'azurerm_subnet')).toHaveLength(2);

  // Replacing: the DPD of the connection.
  folder.write(
    CONFIGURATION.replace('dpd_timeout_seconds        = 45', 'dpd_timeout_seconds        = 30').replace(
      'VpnGw2AZ',
      'VpnGw3AZ',
    ),
  );
  const replaced = await folder.expect(0, 'plan');
  expect(replaced).toContain('azurerm_virtual_network_gateway_connection.site must be replaced');
  await folder.expect(0, 'apply', '-auto-approve');

  await folder.expect(0, 'destroy', '-auto-approve');
  expect(listObjects(folder.objectsFile)).toEqual([]);
});

test('shows what is changed without Terraform as drift, and puts it back', async () => {
  folder.write(CONFIGURATION);
  await folder.expect(0, 'init');
  await folder.expect(0, 'apply', '-auto-approve');
  await folder.stopServing();
  editObject(folder.objectsFile, 'azurerm_virtual_network_gateway', GATEWAY, { sku: 'VpnGw4AZ' });
  await folder.serve();
  const drifted = await folder.expect(2, 'plan', '-detailed-exitcode');
  expect(drifted).toMatch(/sku +=.*"VpnGw4AZ" -> "VpnGw2AZ"/);
  await folder.expect(0, 'apply', '-auto-approve');
  expect(counts(await folder.expect(0, 'plan', '-detailed-exitcode'))).toBe('No changes');
});

test('imports by id, and refuses ids of another form', async () => {
  folder.write(CONFIGURATION);
  await folder.expect(0, 'init');
  await folder.expect(0, 'apply', '-auto-approve');
  await folder.expect(0, 'state', 'rm', 'azurerm_virtual_network_gateway.main');
  const wrong = await folder.expect(1, 'import', 'azurerm_virtual_network_gateway.main', 'gw-1');
  expect(wrong).toContain('parsing the VirtualNetworkGateway ID');
  await folder.expect(0, 'import', 'azurerm_virtual_network_gateway.main', GATEWAY);
  expect(counts(await folder.expect(0, 'plan', '-detailed-exitcode'))).toBe('No changes');
});

test('takes its time for a gateway, as long as the variable says', async () => {
  process.env.KAKEHASHI_SANDBOX_AZURE_GATEWAY_SECONDS = '11';
  folder.write(CONFIGURATION);
  await folder.expect(0, 'init');
  const output = await folder.expect(
    0,
    'apply',
    '-auto-approve',
    '-target=azurerm_virtual_network_gateway.main',
  );
  expect(output).toContain('azurerm_virtual_network_gateway.main: Still creating... [10s elapsed]');
});

test('leaves what a creation that fails in the middle has made out of the state, as the provider does', async () => {
  const faults = join(folder.path, 'faults.json');
  writeFileSync(
    faults,
    JSON.stringify([
      {
        type: 'azurerm_nat_gateway',
        operation: 'create',
        call: 1,
        fault: 'partial',
        code: 'InternalServerError',
      },
    ]),
  );
  await folder.stopServing();
  await folder.serve(faults);
  folder.write(CONFIGURATION);
  await folder.expect(0, 'init');
  const failed = await folder.expect(1, 'apply', '-auto-approve', '-target=azurerm_nat_gateway.main');
  expect(failed).toContain('with error: InternalServerError: ');
  const again = await folder.expect(1, 'apply', '-auto-approve', '-target=azurerm_nat_gateway.main');
  expect(again.replace(/\s+/g, ' ')).toContain(
    'already exists - to be managed via Terraform this resource needs to be imported',
  );
});
