import type { Remedy } from '../kind';

/**
 * What to do about errors of Azure about machines, by the codes in its answers (learn.microsoft.com, "Troubleshoot common Azure deployment
 * errors", "Resolve errors for SKU not available", "Resolve errors for resource quotas").
 */
export const AZURE_NODES_REMEDIES: readonly Remedy[] = [
  {
    error: /SkuNotAvailable/,
    line: 'Azure does not offer this size in this location or zone, or to this subscription: az vm list-skus --location LOCATION --size SIZE --all shows it; write another vm_size, or several in an elastic group',
  },
  {
    error: /OverconstrainedAllocationRequest|OverconstrainedZonalAllocationRequest/,
    line: 'no machine of Azure fits all that is asked of it at once: another vm_size, no azure_zone, or placement: none; of spot nodes an elastic group takes several sizes',
  },
  {
    error: /ZonalAllocationFailed|AllocationFailed/,
    line: 'Azure has none of these machines now: try again later, or write another vm_size or zone',
  },
  {
    error: /[Cc]ores[\s\S]*[Qq]uota|[Qq]uota[\s\S]*[Cc]ores/,
    line: 'the quota of processors of the subscription is used up, which spot has one of its own of: az vm list-usage --location LOCATION shows it; ask for more, or make the group smaller',
  },
  {
    error: /PropertyChangeNotAllowed/,
    line: 'Azure changes this of a machine only when it is made anew: take the node out of the group, apply, and put it in again; what is on its OS disk is lost',
  },
  {
    error: /start_time[\s\S]*should be at least|The start time of the schedule must be at least 5 minutes/i,
    line: 'the end of the lease is less than 5 minutes ahead: renew the group (kakehashi renew), which begins the lease anew',
  },
  {
    error: /roleAssignments\/write|roleDefinitions\/write/,
    line: 'what ends nodes needs a role of its own: the login needs Role Based Access Control Administrator or Owner, which Contributor lacks',
  },
  {
    error: /PrincipalNotFound/,
    line: 'the new identity is not known everywhere in the tenant yet: run the same command again',
  },
  {
    error: /SecurityProfile|TrustedLaunch|Hypervisor generation/i,
    line: 'the size and the image do not agree about trusted launch or the generation of machines: write trusted_launch: false, or another vm_size or cloud_image',
  },
  {
    error: /PrivateIPAddressInUse|PrivateIPAddressNotInSubnet|SubnetIsFull/,
    line: 'the address is taken, or none is free: look what has it with az network vnet subnet show, or write another one (ip_address_list)',
  },
];
