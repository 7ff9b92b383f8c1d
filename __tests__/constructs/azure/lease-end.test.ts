import '../../../stacks/fast-tokens';
import { LeaseEnd, type LeaseEndProps } from '../../../constructs/azure/lease-end';
import { LEASE_RUNBOOK } from '../../../constructs/azure/lease-runbook';
import { Lease } from '../../../constructs/lease';
import { only, plainAddresses, type Synthesized } from '../../support/synthesized';
import { synthesizedAzure } from '../../support/synthesized-azure';
import { fixedIn, groupIn } from './node-lab';

const build = (props: Partial<LeaseEndProps> = {}): Synthesized =>
  synthesizedAzure((stack) => {
    Lease.nowVariable(stack);
    const resourceGroup = groupIn(stack);
    const end = new LeaseEnd(stack, 'LeaseEnd', {
      resourceGroup,
      name: 'lab-nodes-workers',
      lease: new Lease(stack, 'Lease', { seconds: 3000 }),
      leaseSeconds: 3000,
      machines: ['lab-workers-n1', 'lab-workers-n2'],
      ...props,
    });
    fixedIn(stack, { resourceGroup, after: end.ready });
  });

it('schedules a runbook for the end of the lease, at a whole minute', () => {
  const synth = build();
  expect(plainAddresses(synth).filter((address) => /automation|role|data/.test(address))).toEqual([
    'azurerm_automation_account.LeaseEnd',
    'azurerm_automation_job_schedule.LeaseEnd_Job',
    'azurerm_automation_runbook.LeaseEnd_Runbook',
    'azurerm_automation_schedule.LeaseEnd_Schedule',
    'azurerm_role_assignment.LeaseEnd_Role_Assignment',
    'azurerm_role_definition.LeaseEnd_Role_Definition',
    'terraform_data.Lease',
  ]);
  expect(only(synth, 'azurerm_automation_schedule')).toMatchObject({
    frequency: 'OneTime',
    name: 'lease-end',
    start_time: expect.stringMatching(
      /^\$\{formatdate\("YYYY-MM-DD'T'hh:mm:'00Z'", timeadd\(timeadd\(terraform_data\.Lease_[0-9A-F]{8}\.input, "3000s"\), "59s"\)\)\}$/,
    ),
  });
  expect(only(synth, 'azurerm_automation_account')).toMatchObject({
    name: 'kakehashi-lease',
    sku_name: 'Basic',
    identity: { type: 'SystemAssigned' },
    local_authentication_enabled: false,
  });
  expect(only(synth, 'azurerm_automation_runbook')).toMatchObject({
    name: 'end-nodes',
    runbook_type: 'PowerShell72',
    content: LEASE_RUNBOOK,
  });
});

it('gives the runbook the names of the machines, in keys of small letters as Azure gives them back', () => {
  expect(only(build(), 'azurerm_automation_job_schedule').parameters).toEqual({
    resourcegroupname: expect.stringContaining('azurerm_resource_group.Group_'),
    vmnames: 'lab-workers-n1,lab-workers-n2',
  });
});

it('may read and delete machines and disks in the one resource group, and nothing else', () => {
  const synth = build();
  const group = expect.stringMatching(/^\$\{azurerm_resource_group\.Group_[0-9A-F]{8}\.id\}$/);
  expect(only(synth, 'azurerm_role_definition')).toMatchObject({
    scope: group,
    assignable_scopes: [group],
    permissions: [
      {
        actions: [
          'Microsoft.Compute/virtualMachines/read',
          'Microsoft.Compute/virtualMachines/delete',
          'Microsoft.Compute/disks/read',
          'Microsoft.Compute/disks/delete',
          'Microsoft.Network/networkInterfaces/join/action',
          'Microsoft.Resources/subscriptions/resourceGroups/read',
        ],
      },
    ],
  });
  expect(only(synth, 'azurerm_role_assignment')).toMatchObject({
    scope: group,
    principal_id: expect.stringMatching(
      /^\$\{azurerm_automation_account\.LeaseEnd_[0-9A-F]{8}\.identity\[0\]\.principal_id\}$/,
    ),
    principal_type: 'ServicePrincipal',
  });
});

it('is there before the machines are, so that none is without an end', () => {
  expect(only(build(), 'azurerm_linux_virtual_machine').depends_on).toEqual([
    expect.stringMatching(/^azurerm_automation_job_schedule\.LeaseEnd_Job_[0-9A-F]{8}$/),
    expect.stringMatching(/^azurerm_role_assignment\.LeaseEnd_Role_Assignment_[0-9A-F]{8}$/),
  ]);
});

it('refuses a lease that would be over before it is scheduled', () => {
  expect(() => build({ leaseSeconds: 599 })).toThrow(
    'stack/LeaseEnd: leaseSeconds: must be at least 600, got 599',
  );
  expect(() => build({ leaseSeconds: 600 })).not.toThrow();
});
