import { type PassedTime, passTime } from '../../../sandbox/azure/passing-time';
import type { ObjectValue } from '../../../sandbox/protocol/values';
import { ObjectLog } from '../../../sandbox/store/objects';
import { AzureCloud } from './azure-cloud';
import { GROUP, idOf, makeNetwork, nodes } from './azure-network';
import {
  account,
  attachment,
  autoscale,
  disk,
  idIn,
  jobSchedule,
  MACHINE,
  machine,
  makeNode,
  profile,
  role,
  runbook,
  SCALE_SET,
  scaleSet,
  schedule,
} from './azure-nodes';

const START = '2098-01-01T00:00:00Z';
const END = '2099-01-01T00:00:00Z';

let cloud: AzureCloud;
beforeEach(async () => {
  cloud = await AzureCloud.start();
  await makeNetwork(cloud.azure);
});
afterEach(async () => {
  delete process.env.KAKEHASHI_SANDBOX_NOW;
  await cloud.stop();
});

/** Lets the time of the cloud pass while no server owns its objects. */
async function pass(now: string): Promise<PassedTime> {
  let passed: PassedTime = { started: [], ended: [], failures: [] };
  await cloud.restart(undefined, () => {
    const log = ObjectLog.open(cloud.objectsFile);
    try {
      passed = passTime(log, new Date(now));
    } finally {
      log.close();
    }
  });
  return passed;
}

const LEASE = { fixed_date: [{ start: START, end: END }] };

describe('a scale set with an autoscale setting', () => {
  async function makeGroup(instances: number, ...profiles: readonly ObjectValue[]): Promise<void> {
    await cloud.azure.make('orchestrated_virtual_machine_scale_set', scaleSet(instances));
    await cloud.azure.make('monitor_autoscale_setting', autoscale(...profiles));
  }

  it('has instances while the dates of a profile last, and none after them', async () => {
    await makeGroup(1, profile('lease', 3, LEASE), profile('ended', 0));
    const live = await pass('2098-06-01T00:00:00Z');
    expect([live.started.length, live.ended.length, live.failures]).toEqual([2, 0, []]);
    expect((await pass('2098-12-31T23:59:59Z')).started).toEqual([]);
    const over = await pass(END);
    expect([over.started.length, over.ended.length]).toEqual([0, 3]);
    const set = await cloud.azure.read('orchestrated_virtual_machine_scale_set', SCALE_SET);
    expect(set?.instances).toBe(0);
    expect([...cloud.names('network_interface'), ...cloud.names('managed_disk')]).toEqual([]);
  });

  it('keeps the number that it has where the profile allows it', async () => {
    const range = { name: 'lease', capacity: [{ minimum: 0, default: 1, maximum: 2 }] };
    await makeGroup(1, { ...range, ...LEASE }, profile('ended', 0));
    expect((await pass(START)).started).toEqual([]);
    expect((await pass('2097-12-31T23:59:59Z')).ended).toHaveLength(1);
  });

  it('is left alone by a setting that is switched off, and by one of recurrences alone', async () => {
    await cloud.azure.make('orchestrated_virtual_machine_scale_set', scaleSet(1));
    const recurrence = [{ days: ['Monday'], hours: [1], minutes: [0] }];
    const made = await cloud.azure.make(
      'monitor_autoscale_setting',
      autoscale(profile('weekly', 0, { recurrence })),
    );
    expect((await pass(END)).ended).toEqual([]);
    await cloud.azure.update('monitor_autoscale_setting', made, {
      ...autoscale(profile('ended', 0)),
      enabled: false,
    });
    expect((await pass(END)).ended).toEqual([]);
  });

  it('starts as many as the subnet has addresses for, and says why not more', async () => {
    await cloud.azure.make('subnet', { ...nodes, name: 'small', address_prefixes: ['10.1.9.0/29'] });
    const subnet_id = idOf('virtualNetworks', 'net', 'subnets', 'small');
    const network_interface = [
      { name: 'nic', primary: true, ip_configuration: [{ name: 'one', primary: true, subnet_id }] },
    ];
    await cloud.azure.make('orchestrated_virtual_machine_scale_set', scaleSet(0, { network_interface }));
    await cloud.azure.make('monitor_autoscale_setting', autoscale(profile('lease', 5)));
    const passed = await pass(START);
    expect(passed.started).toHaveLength(3);
    expect(passed.failures).toEqual([
      'SubnetIsFull: Subnet small with address prefix 10.1.9.0/29 does not have enough capacity for 1 IP addresses.',
    ]);
    expect(cloud.names('network_interface')).toHaveLength(3);
  });
});

describe('a runbook with a schedule', () => {
  async function makeLease(
    vmnames: string,
    permissions: readonly ObjectValue[] = role.permissions,
  ): Promise<void> {
    const made = await cloud.azure.make('automation_account', account);
    await cloud.azure.make('automation_runbook', runbook);
    await cloud.azure.make('automation_schedule', schedule(END));
    await cloud.azure.make('automation_job_schedule', jobSchedule({ resourcegroupname: 'lab', vmnames }));
    const allowed = await cloud.azure.make('role_definition', { ...role, permissions });
    const [identity] = made.identity as readonly ObjectValue[];
    await cloud.azure.make('role_assignment', {
      scope: GROUP,
      role_definition_id: allowed.role_definition_resource_id ?? null,
      principal_id: identity?.principal_id ?? null,
    });
  }

  it('deletes the machines of its parameters with their disks at its time, and leaves their interfaces', async () => {
    for (const name of ['n1', 'n2', 'n3']) await makeNode(cloud.azure, name);
    await makeLease('n1, n2');
    expect((await pass('2098-12-31T23:59:59Z')).ended).toEqual([]);
    expect(await pass(END)).toEqual({
      started: [],
      ended: [MACHINE, idIn('Compute', 'virtualMachines', 'n2')],
      failures: [],
    });
    expect(cloud.names('linux_virtual_machine')).toEqual(['n3']);
    expect(cloud.names('managed_disk')).toEqual([expect.stringMatching(/^n3_OsDisk_1_[0-9a-f]{32}$/)]);
    expect(cloud.names('network_interface')).toEqual(['n1', 'n2', 'n3']);
  });

  it('deletes disks for data too, but those that are to be kept', async () => {
    await makeNode(cloud.azure, 'n1');
    for (const [index, name] of ['scratch', 'kept'].entries()) {
      const tags = { 'kakehashi:keep': String(name === 'kept') };
      await cloud.azure.make('managed_disk', disk(name, { tags }));
      await cloud.azure.make('virtual_machine_data_disk_attachment', attachment(name, { lun: index }));
    }
    await makeLease('n1');
    expect((await pass(END)).failures).toEqual([]);
    expect(cloud.names('managed_disk')).toEqual(['kept']);
  });

  it('runs at the time of a clock that is moved, whenever the provider is configured', async () => {
    await makeNode(cloud.azure, 'n1');
    await makeLease('n1');
    await cloud.restart();
    expect(cloud.names('linux_virtual_machine')).toEqual(['n1']);
    process.env.KAKEHASHI_SANDBOX_NOW = END;
    await cloud.restart();
    expect(cloud.names('linux_virtual_machine')).toEqual([]);
  });

  it('runs once at a time, and again when its schedule has moved', async () => {
    await makeNode(cloud.azure, 'n1');
    await makeLease('n1');
    await pass(END);
    await cloud.azure.make('linux_virtual_machine', machine('n1'));
    expect((await pass(END)).ended).toEqual([]);
    const id = idIn('Automation', 'automationAccounts', 'dev-lease', 'schedules', 'end');
    const before = await cloud.azure.read('automation_schedule', id);
    await cloud.azure.update('automation_schedule', before, schedule('2099-02-01T00:00:00Z'));
    expect((await pass(END)).ended).toEqual([]);
    expect((await pass('2099-02-01T00:00:00Z')).ended).toEqual([MACHINE]);
  });

  it('does what the roles of its account allow', async () => {
    await makeNode(cloud.azure, 'n1');
    await makeLease('n1', [{ actions: ['Microsoft.Compute/virtualMachines/*'], not_actions: [] }]);
    const { ended, failures } = await pass(END);
    expect(ended).toEqual([MACHINE]);
    expect(failures).toEqual([
      expect.stringMatching(
        /^AuthorizationFailed: The client '[0-9a-f-]{36}' with object id '[0-9a-f-]{36}' does not have authorization to perform action 'Microsoft.Compute\/disks\/delete' over scope /,
      ),
    ]);
    expect(cloud.names('managed_disk')).toHaveLength(1);
  });

  it('ends nothing where its account has no role, or one that leaves the action out', async () => {
    await makeNode(cloud.azure, 'n1');
    await makeLease('n1', [{ actions: ['*'], not_actions: ['Microsoft.Compute/*/delete'] }]);
    const { ended, failures } = await pass(END);
    expect(ended).toEqual([]);
    expect(failures).toEqual([expect.stringContaining("'Microsoft.Compute/virtualMachines/delete'")]);
  });
});
