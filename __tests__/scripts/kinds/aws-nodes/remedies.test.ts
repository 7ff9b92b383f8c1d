import { AWS_NODES_REMEDIES } from '../../../../scripts/kinds/aws-nodes/remedies';

const lineOf = (error: string): readonly string[] =>
  AWS_NODES_REMEDIES.filter((remedy) => remedy.error.test(error)).map(({ line }) => String(line));

test.each([
  ['api error VcpuLimitExceeded: You have requested more vCPU capacity', 'the quota of virtual processors'],
  ['api error MaxSpotInstanceCountExceeded: Max spot instance count exceeded', 'the quota of spot instances'],
  ['api error InsufficientInstanceCapacity: We currently do not have sufficient', 'AWS has no free machine'],
  ['api error SpotMaxPriceTooLow: Your Spot request price of 0.01 is lower', 'the spot price is above'],
  ['api error InvalidAMIID.NotFound: The image id does not exist', 'the image is not there'],
  ['api error InvalidIPAddress.InUse: Address 172.30.2.10 is in use.', 'another machine has an address'],
  ['no matching EC2 Subnet found', 'the network of the group is not there'],
  ['aws_ebs_volume.Disks_data["n1"]: Instance cannot be destroyed', 'disks with keep: true'],
])('%s has its remedy, and no other', (error, line) => {
  expect(lineOf(error)).toEqual([expect.stringMatching(new RegExp(`^${line}`))]);
});
