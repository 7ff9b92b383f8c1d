import type { Remedy } from '../kind';

/** What to do about errors of EC2, by its codes (EC2 API reference, "Error codes"). */
export const AWS_NODES_REMEDIES: readonly Remedy[] = [
  {
    error: /VcpuLimitExceeded|InstanceLimitExceeded/,
    line: 'the quota of virtual processors is used up in this region: ask for more (Service Quotas, EC2, "Running On-Demand … instances"), take a smaller type, or end nodes that nobody needs',
  },
  {
    error: /MaxSpotInstanceCountExceeded/,
    line: 'the quota of spot instances is used up in this region: ask for more (Service Quotas, EC2, "All … Spot Instance Requests"), or write spot: false',
  },
  {
    error: /InsufficientInstanceCapacity|InsufficientCapacity|capacity-not-available/,
    line: 'AWS has no free machine of this type in the zone now: run the same command again later, or write another instance_type; an elastic group takes a list of them',
  },
  {
    error: /SpotMaxPriceTooLow/,
    line: 'the spot price is above spot.max_price now: raise it, or leave it out, which means the price on demand',
  },
  {
    error: /InvalidAMIID|data\.aws_ami[\s\S]*no results|Your query returned no results[\s\S]*aws_ami/,
    line: 'the image is not there, or not in this region: correct cloud_image; where it is gone from AWS, kakehashi nodes ENVIRONMENT GROUP --new-image takes the newest one',
  },
  {
    error: /InvalidIPAddress\.InUse|Address \S+ is in use/,
    line: 'another machine has an address of ip_address_list: choose another one, or end that machine',
  },
  {
    error: /UnsupportedOperation[\s\S]*(spot|Spot)|IncorrectSpotRequestState/,
    line: 'a one-time spot instance can be neither stopped nor changed: replace the node (kakehashi renew, or another key)',
  },
  {
    error: /Unsupported: [\s\S]*Availability Zone|not supported in your requested Availability Zone/,
    line: 'the zone has no machines of this type: write another instance_type, or put the entry into another zone',
  },
  {
    error:
      /aws_ebs_volume[\s\S]*Instance cannot be destroyed|Instance cannot be destroyed[\s\S]*aws_ebs_volume/,
    line: 'disks with keep: true outlive their nodes: write keep: false and apply first, if what is on them may be lost',
  },
  {
    error: /no matching EC2 Subnet found|no matching subnet found/i,
    line: 'the network of the group is not there, or was made by another version: apply it first',
  },
];
