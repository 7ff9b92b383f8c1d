import { AWS_REGIONS, REGIONS_BY_PARTITION } from '../../model/clouds/aws/regions';

/** Zone letters by region; other regions have the zones a, b and c. Real accounts see other subsets. */
const ZONES: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'acd',
  'ap-northeast-2': 'abcd',
  'ca-central-1': 'abd',
  'us-east-1': 'abcdef',
  'us-west-1': 'ac',
  'us-west-2': 'abcd',
};

const { aws, 'aws-cn': china, 'aws-us-gov': government } = REGIONS_BY_PARTITION;

/** The regions of the partitions that are simulated, sorted. */
export const REGIONS: readonly string[] = [...aws, ...china, ...government].sort();

const AREAS: Readonly<Record<string, string>> = {
  northeast: 'ne',
  southeast: 'se',
  northwest: 'nw',
  southwest: 'sw',
  central: 'c',
};

const OPT_IN = /^(af-|ap-east-|ap-south-2|ap-southeast-[3-9]|ca-west-|eu-central-2|eu-south-|il-|me-|mx-)/;

/** Whether an account has a region only after it has opted in. */
export function optInRegion(name: string): boolean {
  return OPT_IN.test(name);
}

/** Whether AWS has a region of this name, in any partition: the real provider asks no more. */
export function isRegion(name: string): boolean {
  return AWS_REGIONS.includes(name);
}

interface Zone {
  readonly name: string;
  readonly id: string;
}

/** The short form of a region that zone ids begin with: `apne1` for `ap-northeast-1`. */
function shortForm(region: string): string {
  const [area = '', ...rest] = region.split('-');
  const number = rest.pop() ?? '';
  const direction = rest.map((part) => AREAS[part] ?? part.slice(0, 1)).join('');
  return `${area}${direction}${number}`;
}

/** The availability zones of a region. AWS maps ids to names differently in each account; the sandbox maps them in order. */
export function zonesOf(region: string): readonly Zone[] {
  const letters = [...(ZONES[region] ?? 'abc')];
  const short = shortForm(region);
  return letters.map((letter, index) => ({ name: `${region}${letter}`, id: `${short}-az${index + 1}` }));
}

interface Partition {
  readonly partition: string;
  readonly dnsSuffix: string;
  readonly reverseDnsPrefix: string;
}

export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) {
    return { partition: 'aws-cn', dnsSuffix: 'amazonaws.com.cn', reverseDnsPrefix: 'cn.com.amazonaws' };
  }
  const partition = region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return { partition, dnsSuffix: 'amazonaws.com', reverseDnsPrefix: 'com.amazonaws' };
}
