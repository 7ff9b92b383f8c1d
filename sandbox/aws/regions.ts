/** Zone letters by region; other regions have the zones a, b and c. Real accounts see other subsets. */
const ZONES: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'acd',
  'ap-northeast-2': 'abcd',
  'ca-central-1': 'abd',
  'us-east-1': 'abcdef',
  'us-west-1': 'ac',
  'us-west-2': 'abcd',
};

export const REGIONS = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'cn-north-1',
  'cn-northwest-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-gov-east-1',
  'us-gov-west-1',
  'us-west-1',
  'us-west-2',
];

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

export function isRegion(name: string): boolean {
  return REGIONS.includes(name);
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
