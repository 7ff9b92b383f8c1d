import type { ObjectValue } from '../../../sandbox/protocol/values';
import { AzureCloud } from './azure-cloud';
import { GROUP, idOf, makeNetwork, nodes } from './azure-network';
import {
  account,
  attachment,
  autoscale,
  disk,
  fixed,
  identity,
  idIn,
  jobSchedule,
  machine,
  nic,
  placementGroup,
  profile,
  role,
  runbook,
  SSH_KEY,
  scaleSet,
  schedule,
  UBUNTU,
} from './azure-nodes';

let cloud: AzureCloud;
beforeEach(async () => {
  cloud = await AzureCloud.start();
  await makeNetwork(cloud.azure);
});
afterEach(() => cloud.stop());

type Made = readonly (readonly [type: string, given: ObjectValue])[];

const N1: Made = [['network_interface', nic('n1')]];
const NODE: Made = [...N1, ['linux_virtual_machine', machine('n1')]];
const WORKERS: Made = [['orchestrated_virtual_machine_scale_set', scaleSet(0)]];
const LEASE: Made = [
  ['automation_account', account],
  ['automation_runbook', runbook],
];
const LATER = '2099-01-01T00:00:00Z';
const PRINCIPAL = '22222222-2222-4333-8444-555555555555';
const READER = { scope: GROUP, role_definition_name: 'Reader', principal_id: PRINCIPAL };

/** Wrong configurations: what exists beside the network, the refused request, and Azure's code. */
const WRONG: readonly (readonly [
  code: string,
  what: string,
  made: Made,
  type: string,
  given: ObjectValue,
])[] = [
  [
    'PrivateIPAddressMissing',
    'a static address that is not given',
    [],
    'network_interface',
    nic('x', {}, { private_ip_address_allocation: 'Static' }),
  ],
  [
    'PrivateIPAddressNotInSubnet',
    'an address of another subnet',
    [],
    'network_interface',
    fixed('x', '10.1.2.4'),
  ],
  ['PrivateIPAddressInReservedRange', 'the fourth address', [], 'network_interface', fixed('x', '10.1.1.3')],
  ['PrivateIPAddressInReservedRange', 'the last address', [], 'network_interface', fixed('x', '10.1.1.255')],
  [
    'PrivateIPAddressIsAllocated',
    'an address in use',
    [['network_interface', fixed('n1', '10.1.1.9')]],
    'network_interface',
    fixed('x', '10.1.1.9'),
  ],
  [
    'InvalidResourceReference',
    'an interface in no subnet',
    [],
    'network_interface',
    nic('x', {}, { subnet_id: idOf('virtualNetworks', 'net', 'subnets', 'other') }),
  ],
  [
    'InvalidResourceReference',
    'an interface in another region',
    [],
    'network_interface',
    nic('x', { location: 'japanwest' }),
  ],
  [
    'InvalidResourceReference',
    'an interface of no security group',
    N1,
    'network_interface_security_group_association',
    {
      network_interface_id: idOf('networkInterfaces', 'n1'),
      network_security_group_id: idOf('networkSecurityGroups', 'none'),
    },
  ],
  [
    'SubnetIsFull',
    'a fourth interface in a /29',
    [
      ['subnet', { ...nodes, name: 'small', address_prefixes: ['10.1.9.0/29'] }],
      ...['a', 'b', 'c'].map(
        (name) =>
          [
            'network_interface',
            nic(name, {}, { subnet_id: idOf('virtualNetworks', 'net', 'subnets', 'small') }),
          ] as const,
      ),
    ],
    'network_interface',
    nic('d', {}, { subnet_id: idOf('virtualNetworks', 'net', 'subnets', 'small') }),
  ],
  ['InvalidResourceReference', 'a machine without its interface', [], 'linux_virtual_machine', machine('x')],
  [
    'NicInUse',
    'a machine at the interface of another one',
    NODE,
    'linux_virtual_machine',
    machine('x', { network_interface_ids: [idOf('networkInterfaces', 'n1')] }),
  ],
  [
    'PlatformImageNotFound',
    'an image that nobody publishes',
    N1,
    'linux_virtual_machine',
    machine('n1', { source_image_reference: [{ ...UBUNTU, offer: 'UbuntuServer' }] }),
  ],
  [
    'InvalidParameter',
    'a size that is none',
    N1,
    'linux_virtual_machine',
    machine('n1', { size: 'm7i.large' }),
  ],
  [
    'BadRequest',
    'an Arm size with an x64 image',
    N1,
    'linux_virtual_machine',
    machine('n1', { size: 'Standard_D2ps_v5' }),
  ],
  [
    'BadRequest',
    'an x64 size with an Arm image',
    N1,
    'linux_virtual_machine',
    machine('n1', { source_image_reference: [{ ...UBUNTU, sku: 'server-arm64' }] }),
  ],
  [
    'BadRequest',
    'trusted launch from an image of generation 1',
    N1,
    'linux_virtual_machine',
    machine('n1', { vtpm_enabled: true, source_image_reference: [{ ...UBUNTU, sku: 'server-gen1' }] }),
  ],
  [
    'OperationNotAllowed',
    'a disk of 29 GB',
    N1,
    'linux_virtual_machine',
    machine('n1', {}, { disk_size_gb: 29 }),
  ],
  [
    'InvalidParameter',
    'custom data of 65536 bytes',
    N1,
    'linux_virtual_machine',
    machine('n1', { custom_data: Buffer.alloc(65_536).toString('base64') }),
  ],
  [
    'InvalidParameter',
    'a key of another user',
    N1,
    'linux_virtual_machine',
    machine('n1', { admin_ssh_key: [{ ...SSH_KEY, username: 'other' }] }),
  ],
  [
    'FailedIdentityOperation',
    'an identity that does not exist',
    N1,
    'linux_virtual_machine',
    machine('n1', {
      identity: [
        { type: 'UserAssigned', identity_ids: [idIn('ManagedIdentity', 'userAssignedIdentities', 'none')] },
      ],
    }),
  ],
  [
    'ResourceNotFound',
    'a placement group that does not exist',
    N1,
    'linux_virtual_machine',
    machine('n1', { proximity_placement_group_id: idIn('Compute', 'proximityPlacementGroups', 'near') }),
  ],
  [
    'LocationNotSupportAvailabilityZones',
    'a zone where there are none',
    N1,
    'linux_virtual_machine',
    machine('n1', { location: 'westus', zone: '1' }),
  ],
  [
    'ConflictingUserInput',
    'an OS disk whose name is taken',
    [...N1, ['managed_disk', disk('root')]],
    'linux_virtual_machine',
    machine('n1', {}, { name: 'root' }),
  ],
  ['InvalidParameter', 'an empty disk without size', [], 'managed_disk', disk('x', { disk_size_gb: null })],
  [
    'ConflictingUserInput',
    'a disk that another machine has',
    [
      ...NODE,
      ['managed_disk', disk('data')],
      ['virtual_machine_data_disk_attachment', attachment('data')],
      ['network_interface', nic('n2')],
      ['linux_virtual_machine', machine('n2')],
    ],
    'virtual_machine_data_disk_attachment',
    attachment('data', { virtual_machine_id: idIn('Compute', 'virtualMachines', 'n2') }),
  ],
  [
    'InvalidParameter',
    'two disks at one unit',
    [
      ...NODE,
      ['managed_disk', disk('a')],
      ['managed_disk', disk('b')],
      ['virtual_machine_data_disk_attachment', attachment('a')],
    ],
    'virtual_machine_data_disk_attachment',
    attachment('b'),
  ],
  [
    'DiskAndVirtualMachineZoneMismatch',
    'a disk of a zone at a machine of none',
    [...NODE, ['managed_disk', disk('data', { zone: '1' })]],
    'virtual_machine_data_disk_attachment',
    attachment('data'),
  ],
  [
    'InvalidParameter',
    'an administrator that Azure forbids',
    [],
    'orchestrated_virtual_machine_scale_set',
    scaleSet(0, {
      os_profile: [
        {
          linux_configuration: [
            { admin_username: 'root', admin_ssh_key: [{ ...SSH_KEY, username: 'root' }] },
          ],
        },
      ],
    }),
  ],
  [
    'InvalidParameter',
    'a key of a scale set that is none',
    [],
    'orchestrated_virtual_machine_scale_set',
    scaleSet(0, {
      os_profile: [
        {
          linux_configuration: [
            { admin_username: 'ubuntu', admin_ssh_key: [{ ...SSH_KEY, public_key: 'ssh-ed25519 AAAA' }] },
          ],
        },
      ],
    }),
  ],
  [
    'InvalidPlatformFaultDomainCount',
    'zones with several fault domains',
    [],
    'orchestrated_virtual_machine_scale_set',
    scaleSet(0, { zones: ['1'], platform_fault_domain_count: 2 }),
  ],
  [
    'InvalidResourceReference',
    'a scale set in no subnet',
    [],
    'orchestrated_virtual_machine_scale_set',
    scaleSet(0, {
      network_interface: [
        {
          name: 'primary',
          primary: true,
          ip_configuration: [
            { name: 'primary', subnet_id: idOf('virtualNetworks', 'net', 'subnets', 'other') },
          ],
        },
      ],
    }),
  ],
  [
    'NetworkProfileMustHaveOnePrimaryInterface',
    'a scale set without primary interface',
    [],
    'orchestrated_virtual_machine_scale_set',
    scaleSet(0, {
      network_interface: [
        {
          name: 'primary',
          ip_configuration: [
            { name: 'primary', subnet_id: idOf('virtualNetworks', 'net', 'subnets', 'nodes') },
          ],
        },
      ],
    }),
  ],
  [
    'TargetResourceNotFound',
    'an autoscale setting of no set',
    [],
    'monitor_autoscale_setting',
    autoscale(profile('ended', 0)),
  ],
  [
    'Conflict',
    'a second autoscale setting of a set',
    [...WORKERS, ['monitor_autoscale_setting', autoscale(profile('ended', 0))]],
    'monitor_autoscale_setting',
    { ...autoscale(profile('ended', 0)), name: 'other' },
  ],
  [
    'InvalidAutoscaleProfileCapacity',
    'a default below the minimum',
    WORKERS,
    'monitor_autoscale_setting',
    autoscale({ name: 'lease', capacity: [{ minimum: 1, default: 0, maximum: 2 }] }),
  ],
  [
    'InvalidAutoscaleProfileCapacity',
    'a default above the maximum',
    WORKERS,
    'monitor_autoscale_setting',
    autoscale({ name: 'lease', capacity: [{ minimum: 0, default: 3, maximum: 2 }] }),
  ],
  [
    'InvalidAutoscaleProfileFixedDate',
    'a profile that ends when it starts',
    WORKERS,
    'monitor_autoscale_setting',
    autoscale(profile('lease', 1, { fixed_date: [{ start: LATER, end: LATER }] })),
  ],
  [
    'DuplicateAutoscaleProfileName',
    'two profiles of one name',
    WORKERS,
    'monitor_autoscale_setting',
    autoscale(profile('lease', 1), profile('lease', 0)),
  ],
  ['ParentResourceNotFound', 'a runbook of no account', [], 'automation_runbook', runbook],
  ['ParentResourceNotFound', 'a schedule of no account', [], 'automation_schedule', schedule(LATER)],
  ['NotFound', 'a job of no schedule', LEASE, 'automation_job_schedule', jobSchedule()],
  [
    'NotFound',
    'a job of no runbook',
    [
      ['automation_account', account],
      ['automation_schedule', schedule(LATER)],
    ],
    'automation_job_schedule',
    jobSchedule(),
  ],
  [
    'RoleDefinitionWithSameNameExists',
    'a second role of one name',
    [['role_definition', role]],
    'role_definition',
    { ...role, scope: `${GROUP}/` },
  ],
  [
    'RoleAssignmentExists',
    'a role that the principal has already',
    [['role_assignment', READER]],
    'role_assignment',
    READER,
  ],
  [
    'RoleDefinitionDoesNotExist',
    'a role that does not exist',
    [],
    'role_assignment',
    {
      scope: GROUP,
      role_definition_id: `${GROUP}/providers/Microsoft.Authorization/roleDefinitions/${PRINCIPAL}`,
      principal_id: PRINCIPAL,
    },
  ],
  [
    'ResourceNotFound',
    'a role for a machine that does not exist',
    [],
    'role_assignment',
    { ...READER, scope: idIn('Compute', 'virtualMachines', 'none') },
  ],
  [
    'VaultAlreadyExists',
    'a vault whose name is taken',
    [
      ['resource_group', { name: 'other', location: 'japaneast' }],
      [
        'key_vault',
        {
          resource_group_name: 'other',
          location: 'japaneast',
          name: 'pool',
          sku_name: 'standard',
          tenant_id: PRINCIPAL,
        },
      ],
    ],
    'key_vault',
    {
      resource_group_name: 'lab',
      location: 'japaneast',
      name: 'pool',
      sku_name: 'standard',
      tenant_id: PRINCIPAL,
    },
  ],
];

it.each(WRONG)('%s: %s', async (code, _what, made, type, given) => {
  for (const [madeType, madeGiven] of made) await cloud.azure.make(madeType, madeGiven);
  const { refused, state } = await cloud.azure.create(type, given);
  expect(refused).toMatch(
    new RegExp(`: performing CreateOrUpdate: unexpected status 4\\d\\d \\([^)]+\\) with error: ${code}: `),
  );
  expect(state).toBeNull();
});

/** Requests that the provider itself refuses, with its words. */
const REFUSED_BY_PROVIDER: readonly (readonly [
  what: string,
  made: Made,
  type: string,
  given: ObjectValue,
  words: string,
])[] = [
  [
    'an eviction policy without spot',
    N1,
    'linux_virtual_machine',
    machine('n1', { eviction_policy: 'Delete' }),
    'an `eviction_policy` can only be specified when `priority` is set to `Spot`',
  ],
  [
    'spot without an eviction policy',
    N1,
    'linux_virtual_machine',
    machine('n1', { priority: 'Spot' }),
    'an `eviction_policy` must be specified when `priority` is set to `Spot`',
  ],
  [
    'a price without spot',
    N1,
    'linux_virtual_machine',
    machine('n1', { max_bid_price: 0.05 }),
    '`max_bid_price` can only be configured when `priority` is set to `Spot`',
  ],
  [
    'a scale set of spot without an eviction policy',
    [],
    'orchestrated_virtual_machine_scale_set',
    scaleSet(0, { priority: 'Spot' }),
    '`eviction_policy` is required when `priority` is set to `Spot`',
  ],
  [
    'a machine that nobody can log in to',
    N1,
    'linux_virtual_machine',
    machine('n1', { admin_ssh_key: [] }),
    'at least one `admin_ssh_key` must be specified when `disable_password_authentication` is set to `true`',
  ],
  [
    'a name with an underscore',
    N1,
    'linux_virtual_machine',
    machine('n_1', { network_interface_ids: [idOf('networkInterfaces', 'n1')] }),
    'unable to assume default computer name "computer_name" cannot contain the special characters',
  ],
  ['a name of numbers', N1, 'linux_virtual_machine', machine('123'), '"name" cannot contain only numbers'],
  [
    'a name that ends with a dash',
    N1,
    'linux_virtual_machine',
    machine('n1-'),
    '"name" must end with an alphanumeric character or underscore',
  ],
  [
    'an administrator named root',
    N1,
    'linux_virtual_machine',
    machine('n1', { admin_username: 'root' }),
    '"admin_username" specified is not allowed, got "root"',
  ],
  [
    'a key of ECDSA',
    N1,
    'linux_virtual_machine',
    machine('n1', {
      admin_ssh_key: [
        {
          ...SSH_KEY,
          public_key: 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAAABBA==',
        },
      ],
    }),
    'Only RSA and ED25519 SSH keys are supported by Azure',
  ],
  [
    'custom data that is not Base64',
    N1,
    'linux_virtual_machine',
    machine('n1', { custom_data: '#!/bin/sh' }),
    'to be a base64 string',
  ],
  [
    'a machine with a disk type and an image too few',
    N1,
    'linux_virtual_machine',
    machine('n1', { source_image_reference: [] }),
    'one of `os_managed_disk_id,source_image_id,source_image_reference` must be specified',
  ],
  [
    'an OS disk without type',
    N1,
    'linux_virtual_machine',
    machine('n1', {}, { storage_account_type: null }),
    'one of `os_disk.0.storage_account_type,os_managed_disk_id` must be specified',
  ],
  [
    'a schedule in four minutes',
    [['automation_account', account]],
    'automation_schedule',
    schedule(new Date(Date.now() + 240_000).toISOString()),
    'and should be at least "5m0s" in the future',
  ],
  [
    'a parameter with a capital letter',
    [...LEASE, ['automation_schedule', schedule(LATER)]],
    'automation_job_schedule',
    jobSchedule({ VmNames: 'n1' }),
    'the parameter names need to be specified in lowercase only',
  ],
  [
    'a role whose name nobody knows',
    [],
    'role_assignment',
    { ...READER, role_definition_name: 'Boss' },
    'listing role definitions: could not find role `Boss`',
  ],
  [
    'a secret of no vault',
    [],
    'key_vault_secret',
    { name: 'token', key_vault_id: idIn('KeyVault', 'vaults', 'none'), value: 'x' },
    'was not found',
  ],
  [
    'a second group of an interface',
    [
      ...N1,
      ['network_security_group', { resource_group_name: 'lab', location: 'japaneast', name: 'a' }],
      [
        'network_interface_security_group_association',
        {
          network_interface_id: idOf('networkInterfaces', 'n1'),
          network_security_group_id: idOf('networkSecurityGroups', 'a'),
        },
      ],
    ],
    'network_interface_security_group_association',
    {
      network_interface_id: idOf('networkInterfaces', 'n1'),
      network_security_group_id: idOf('networkSecurityGroups', 'b'),
    },
    'already exists - to be managed via Terraform',
  ],
];

it.each(REFUSED_BY_PROVIDER)(
  'refuses %s in the words of the provider',
  async (_what, made, type, given, words) => {
    for (const [madeType, madeGiven] of made) await cloud.azure.make(madeType, madeGiven);
    expect((await cloud.azure.create(type, given)).refused).toContain(words);
  },
);

it('takes the edges: the fifth address, the last but one, 30 GB and 65535 bytes of custom data', async () => {
  const first = await cloud.azure.make('network_interface', fixed('n1', '10.1.1.4'));
  expect(first.private_ip_addresses).toEqual(['10.1.1.4']);
  await cloud.azure.make('network_interface', fixed('n2', '10.1.1.254'));
  const custom_data = Buffer.alloc(65_535).toString('base64');
  const made = await cloud.azure.make(
    'linux_virtual_machine',
    machine('n1', { custom_data }, { disk_size_gb: 30 }),
  );
  expect(made.private_ip_address).toBe('10.1.1.4');
});

describe('what is used cannot be deleted', () => {
  it('an interface and a placement group of a machine, a subnet and a security group of an interface, a disk', async () => {
    const { azure } = cloud;
    const near = await azure.make('proximity_placement_group', placementGroup);
    const group = await azure.make('network_security_group', {
      resource_group_name: 'lab',
      location: 'japaneast',
      name: 'nsg',
    });
    const card = await azure.make('network_interface', nic('n1'));
    const joined = await azure.make('network_interface_security_group_association', {
      network_interface_id: card.id ?? null,
      network_security_group_id: group.id ?? null,
    });
    const node = await azure.make(
      'linux_virtual_machine',
      machine('n1', { proximity_placement_group_id: near.id ?? null }),
    );
    const data = await azure.make('managed_disk', disk('data'));
    const attached = await azure.make('virtual_machine_data_disk_attachment', attachment('data'));
    const subnet = await azure.read('subnet', idOf('virtualNetworks', 'net', 'subnets', 'nodes'));

    expect(await azure.delete('network_interface', card)).toContain('error: NicInUse: ');
    expect(await azure.delete('proximity_placement_group', near)).toContain(
      'error: ProximityPlacementGroupInUse: ',
    );
    expect(await azure.delete('network_security_group', group)).toContain(
      'error: InUseNetworkSecurityGroupCannotBeDeleted: ',
    );
    expect(await azure.delete('managed_disk', data)).toContain(
      'error: OperationNotAllowed: Disk data is attached to VM ',
    );
    expect(await azure.delete('subnet', subnet)).toContain('error: InUseSubnetCannotBeDeleted: ');
    for (const [type, state] of [
      ['virtual_machine_data_disk_attachment', attached],
      ['managed_disk', data],
      ['linux_virtual_machine', node],
      ['proximity_placement_group', near],
      ['network_interface_security_group_association', joined],
      ['network_security_group', group],
      ['network_interface', card],
      ['subnet', subnet],
    ] as const)
      expect(await azure.delete(type, state)).toBe('');
  });

  it('a custom role that somebody has', async () => {
    const made = await cloud.azure.make('role_definition', role);
    const assigned = await cloud.azure.make('role_assignment', {
      scope: GROUP,
      role_definition_id: made.role_definition_resource_id ?? null,
      principal_id: PRINCIPAL,
    });
    expect(await cloud.azure.delete('role_definition', made)).toContain(
      'error: RoleDefinitionHasAssignments: ',
    );
    expect(await cloud.azure.delete('role_assignment', assigned)).toBe('');
    expect(await cloud.azure.delete('role_definition', made)).toBe('');
  });

  it('a group whose subnet has an interface of another group', async () => {
    const { azure } = cloud;
    await azure.make('resource_group', { name: 'nodes', location: 'japaneast' });
    await azure.make('network_interface', nic('n1', { resource_group_name: 'nodes' }));
    const lab = await azure.read('resource_group', GROUP);
    const serving = await cloud.restart({
      subscription_id: '11111111-2222-4333-8444-555555555555',
      features: [{ resource_group: [{ prevent_deletion_if_contains_resources: false }] }],
    });
    expect(await serving.delete('resource_group', lab)).toContain('error: InUseSubnetCannotBeDeleted: ');
  });
});

it('gives an identity a principal of the directory of the configuration', async () => {
  const made = await cloud.azure.make('user_assigned_identity', identity);
  expect(made.principal_id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(made.tenant_id).toBe('00000000-0000-4000-9000-000000000000');
});
