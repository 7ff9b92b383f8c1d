import { hex } from '../../provider/derived';
import { AwsError } from '../aws-error';
import type { Cloud } from '../cloud';

/** A made-up image. The names of its SSM parameter, its owner and its form are those of a real one; its id is not. */
export interface Image {
  readonly id: string;
  readonly name: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly ownerId: string;
  readonly ownerAlias: string;
  readonly rootDevice: string;
  /** The size of its snapshot in GiB, which a root volume cannot be below. */
  readonly size: number;
}

/** The form of the images of one publisher. */
interface Series {
  /** The SSM parameter, in which the first group is the version and `amd64`, `x86_64` or `arm64` stands somewhere. */
  readonly parameter: RegExp;
  readonly ownerId: string;
  readonly ownerAlias: string;
  readonly rootDevice: string;
  readonly size: number;
  /** Parameters whose images a search by name, owner and the like finds. */
  readonly known: readonly string[];
  name(version: string, architecture: string): string;
}

const UBUNTU_NAMES: Readonly<Record<string, string>> = { '24.04': 'noble', '22.04': 'jammy' };

const ubuntu = (version: string, architecture: string, type: string) =>
  `/aws/service/canonical/ubuntu/server/${version}/stable/current/${architecture}/hvm/${type}/ami-id`;

const SERIES: readonly Series[] = [
  {
    parameter:
      /^\/aws\/service\/canonical\/ubuntu\/server\/(24\.04|22\.04|noble|jammy)\/stable\/current\/(?:amd64|arm64)\/hvm\/ebs-gp[23]\/ami-id$/,
    ownerId: '099720109477',
    ownerAlias: '',
    rootDevice: '/dev/sda1',
    size: 8,
    known: ['amd64', 'arm64'].flatMap((architecture) => [
      ubuntu('24.04', architecture, 'ebs-gp3'),
      ubuntu('22.04', architecture, 'ebs-gp2'),
    ]),
    name: (version, architecture) => {
      const named = UBUNTU_NAMES[version] ?? version;
      const number = Object.entries(UBUNTU_NAMES).find(([, name]) => name === named)?.[0] ?? version;
      const type = named === 'noble' ? 'hvm-ssd-gp3' : 'hvm-ssd';
      return `ubuntu/images/${type}/ubuntu-${named}-${number}-${architecture === 'arm64' ? 'arm64' : 'amd64'}-server-20251101`;
    },
  },
  {
    parameter: /^\/aws\/service\/ami-amazon-linux-latest\/([a-z0-9.-]+)-(?:x86_64|arm64)(?:-[a-z0-9]+)?$/,
    ownerId: '137112412989',
    ownerAlias: 'amazon',
    rootDevice: '/dev/xvda',
    size: 8,
    known: ['x86_64', 'arm64'].map(
      (architecture) => `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`,
    ),
    name: (version, architecture) => `${version}-2025.1101.0-${architecture}`,
  },
  {
    parameter: /^\/aws\/service\/deeplearning\/ami\/(?:x86_64|arm64)\/([a-z0-9.-]+)\/latest\/ami-id$/,
    ownerId: '898082745236',
    ownerAlias: 'amazon',
    rootDevice: '/dev/sda1',
    size: 35,
    known: [],
    name: (version, architecture) => `Deep Learning ${version} ${architecture} 20251101`,
  },
];

const ARCHITECTURES = ['x86_64', 'arm64'] as const;

/** The form of a made-up image's id: the position of its series, its architecture, its region and its name. */
function idOf(series: number, architecture: number, region: string, name: string): string {
  return `ami-${series}${architecture}${hex(5, 'image', region)}${hex(10, 'image', name)}`;
}

/** The image of a public SSM parameter in a region; undefined if there is no such parameter. */
export function imageOf(region: string, parameter: string): Image | undefined {
  const found = SERIES.findIndex((series) => series.parameter.test(parameter));
  const series = SERIES[found];
  const version = series?.parameter.exec(parameter)?.[1];
  if (series === undefined || version === undefined) return undefined;
  const architecture = parameter.includes('arm64') ? 'arm64' : 'x86_64';
  const name = series.name(version, architecture);
  const { ownerId, ownerAlias, rootDevice, size } = series;
  const id = idOf(found, ARCHITECTURES.indexOf(architecture), region, name);
  return { id, name, architecture, ownerId, ownerAlias, rootDevice, size };
}

/** The images that a search finds in a region. */
export function imagesOf(region: string): readonly Image[] {
  return SERIES.flatMap(({ known }) => known).flatMap((parameter) => imageOf(region, parameter) ?? []);
}

/**
 * What an instance takes from its image, which is read off the image's id: whatever parameter it was found by.
 *
 * @throws {@link AwsError} for an image that does not exist in the region
 */
export function requireImage(
  cloud: Cloud,
  id: string,
): Pick<Image, 'id' | 'architecture' | 'rootDevice' | 'size'> {
  if (!/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id))
    throw new AwsError('InvalidAMIID.Malformed', `Invalid id: "${id}" (expecting "ami-...")`);
  const [, position = '', kind = '', region = ''] =
    /^ami-(\d)([01])([0-9a-f]{5})[0-9a-f]{10}$/.exec(id) ?? [];
  const series = SERIES[Number(position)];
  const architecture = ARCHITECTURES[Number(kind)];
  if (series !== undefined && architecture !== undefined && region === hex(5, 'image', cloud.region))
    return { id, architecture, rootDevice: series.rootDevice, size: series.size };
  throw new AwsError(
    'InvalidAMIID.NotFound',
    `The image id '[${id}]' does not exist`,
    'The sandbox has made-up images alone: those of public SSM parameters, and what a search by name finds.',
  );
}
