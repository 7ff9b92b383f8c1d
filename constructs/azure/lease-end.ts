import { AutomationAccount } from '@cdktf/provider-azurerm/lib/automation-account';
import { AutomationJobSchedule } from '@cdktf/provider-azurerm/lib/automation-job-schedule';
import { AutomationRunbook } from '@cdktf/provider-azurerm/lib/automation-runbook';
import { AutomationSchedule } from '@cdktf/provider-azurerm/lib/automation-schedule';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { SCHEDULE_AHEAD_SECONDS } from '../../model/clouds/azure/virtual-machines';
import { checkCore } from '../core';
import type { Lease } from '../lease';
import { refuse } from '../props-error';
import { LEASE_RUNBOOK } from './lease-runbook';
import type { ResourceGroup } from './resource-group';
import { ResourceRole } from './resource-role';
import type { Tags } from './tags';

export interface LeaseEndProps {
  /** The machines' own group: the right to delete holds in it alone. */
  readonly resourceGroup: ResourceGroup;
  /** Begins the name of the role. */
  readonly name: string;
  readonly lease: Lease;
  /** At least twice the time that a schedule must be ahead: the resources are made in the same apply. */
  readonly leaseSeconds: number;
  /** Names of the machines that end. */
  readonly machines: readonly string[];
  /** @default - none */
  readonly tags?: Tags;
}

/** What a machine and its disks need to be found and deleted. */
const ACTIONS = [
  'Microsoft.Compute/virtualMachines/read',
  'Microsoft.Compute/virtualMachines/delete',
  'Microsoft.Compute/disks/read',
  'Microsoft.Compute/disks/delete',
  // To delete a machine lets go of its interface.
  'Microsoft.Network/networkInterfaces/join/action',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
];

/**
 * Deletes machines, and the disks that end with them, when a lease is over: by a runbook of Azure Automation, whether anybody applies
 * again or not.
 *
 * Names of its resources are the same in every group, because each has a resource group of its own. Its schedule moves in place
 * with the lease; after the end it stays as it was, and Azure's answer to a later plan is the same.
 *
 * @throws {@link PropsError}
 */
export class LeaseEnd extends Construct {
  /** What must be there before a machine is, so that none is without an end. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: LeaseEndProps) {
    super(scope, id);
    checkCore(this);
    const { resourceGroup, name, lease, leaseSeconds, machines, tags } = props;
    const least = 2 * SCHEDULE_AHEAD_SECONDS;
    if (leaseSeconds < least) refuse(this, `leaseSeconds: must be at least ${least}, got ${leaseSeconds}`);
    const { groupName: resourceGroupName, location } = resourceGroup;
    const common = { location, resourceGroupName, ...(tags === undefined ? {} : { tags: { ...tags } }) };
    const account = new AutomationAccount(this, 'Resource', {
      ...common,
      name: 'kakehashi-lease',
      skuName: 'Basic',
      identity: { type: 'SystemAssigned' },
      localAuthenticationEnabled: false,
    });
    const automationAccountName = account.name;
    const runbook = new AutomationRunbook(this, 'Runbook', {
      ...common,
      automationAccountName,
      name: 'end-nodes',
      runbookType: 'PowerShell72',
      description: 'Deletes the machines of a node group at the end of its lease',
      logProgress: false,
      logVerbose: false,
      content: LEASE_RUNBOOK,
    });
    const schedule = new AutomationSchedule(this, 'Schedule', {
      resourceGroupName,
      automationAccountName,
      name: 'lease-end',
      description: 'The end of the lease',
      frequency: 'OneTime',
      startTime: wholeMinute(lease.endExpression),
    });
    const job = new AutomationJobSchedule(this, 'Job', {
      resourceGroupName,
      automationAccountName,
      runbookName: runbook.name,
      scheduleName: schedule.name,
      // Azure gives the names back in small letters.
      parameters: { resourcegroupname: resourceGroupName, vmnames: machines.join(',') },
    });
    const role = new ResourceRole(this, 'Role', {
      resourceGroup,
      name: `${name} lease end`,
      description: 'Deletes machines with their disks',
      actions: ACTIONS,
      principalId: account.identity.principalId,
    });
    this.ready = [job, role.assignment];
  }
}

/** The same time or up to a minute later: Azure's schedules begin with a minute. */
function wholeMinute(time: string): string {
  return `\${formatdate("YYYY-MM-DD'T'hh:mm:'00Z'", timeadd(${time}, "59s"))}`;
}
