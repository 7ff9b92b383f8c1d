import { INSTANCE_TYPE_PATTERN } from '../../../model/clouds/aws/instance-types';
import { SECURITY_GROUP_ID } from '../../adopted/aws';
import { PRICE } from '../../nodes/formats';
import { CLOUD_GROUP_KEYS } from '../../nodes/keys';
import {
  bare,
  choice,
  choiceAlso,
  either,
  explained,
  FLAG,
  list,
  map,
  optional,
  pattern,
  text,
  whole,
  withDefault,
} from '../../shape/shapes';
import { TAGS } from '../aws/tags';

const INSTANCE_TYPE = pattern('an instance type like m7i.large', INSTANCE_TYPE_PATTERN, 'm7i.large');

/** Overrides of a mixed instances policy (EC2 Auto Scaling API reference, LaunchTemplate). */
const MOST_TYPES = 40;

const INSTANCE_TYPES = either('an instance type, or a list of up to 40', {
  text: text(INSTANCE_TYPE),
  list: list(text(INSTANCE_TYPE), { min: 1, max: MOST_TYPES, distinct: true }),
});

/** The least that a node of ours needs, and the most that EBS has. */
const VOLUME_SIZE = whole(16, 16384);

/** Types of a root disk; those for throughput alone start no machine (EBS user guide, "Amazon EBS volume types"). */
const VOLUME_TYPE = choiceAlso(['standard', 'io1', 'io2', 'gp2', 'gp3'], ['sc1', 'st1']);

const KMS_KEY = pattern(
  'the ARN of a KMS key',
  '^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]{1,250}$',
);

const IMAGE_ID = pattern(
  'an image id like ami-0123456789abcdef0',
  '^ami-([0-9a-f]{8}|[0-9a-f]{17})$',
  'ami-0123456789abcdef0',
);

const PARAMETER = pattern(
  'the name of a parameter like /aws/service/…',
  '^/[A-Za-z0-9_./-]{1,1000}$',
  '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
);

const IMAGE_OWNER = pattern(
  'self, amazon, aws-marketplace, or the id of an account',
  '^(self|amazon|aws-marketplace|[0-9]{12})$',
  '099720109477',
);

const IMAGE_NAME = pattern(
  'the name of an image, in which * stands for any characters',
  "^[A-Za-z0-9()\\[\\] ./'@_*?-]{3,128}$",
);

const CLOUD_IMAGE = either('default, or a map of id, ssm, or name and owner', {
  text: explained(choice('default'), { default: "Canonical's newest Ubuntu 24.04" }),
  map: map({
    id: optional(text(IMAGE_ID), 'One image, for ever'),
    ssm: optional(text(PARAMETER), 'The parameter of Systems Manager that holds the id'),
    name: optional(text(IMAGE_NAME), 'The newest image of this name; beside owner'),
    owner: optional(text(IMAGE_OWNER), 'Whose image it is'),
  }),
});

const SPOT = either('true, false, or a map of keys', {
  flag: FLAG,
  map: map({
    max_price: optional(bare(PRICE), 'The highest price an hour, in US dollars; absent: that on demand'),
    on_demand_base: withDefault(whole(0, 500), 0, 'Elastic: how many of the first nodes are on demand'),
    on_demand_percent: withDefault(whole(0, 100), 0, 'Elastic: how many of a hundred others are on demand'),
  }),
});

const PROFILE_NAME = pattern(
  'create, or the name of an instance profile',
  '^[A-Za-z0-9+=,.@_-]{1,128}$',
  'create',
);

/** A node group in a network of AWS. */
export const NODE_GROUP = map(
  {
    ...CLOUD_GROUP_KEYS,
    instance_type: optional(
      INSTANCE_TYPES,
      'Types of the nodes, the preferred one first; absent: that of the flavor',
    ),
    volume_size: optional(VOLUME_SIZE, "GB of the root disk; absent: the flavor's"),
    volume_type: optional(VOLUME_TYPE, "Type of the root disk; absent: the flavor's"),
    kms_key: optional(text(KMS_KEY), 'ARN of the key that encrypts the disks; absent: that of the account'),
    cloud_image: withDefault(CLOUD_IMAGE, 'default', 'What the nodes start from'),
    spot: withDefault(SPOT, false, 'Whether AWS may end the nodes at any time, for a lower price'),
    spot_price: optional(bare(PRICE), "VCP's word for spot.max_price"),
    spot_type: optional(choiceAlso(['one-time'], ['persistent']), "VCP's word; only one-time"),
    placement: withDefault(
      explained(choice('none', 'cluster', 'spread'), {
        none: 'wherever AWS puts them',
        cluster: 'near to each other, for a fast network',
        spread: 'each on hardware of its own; up to 7 nodes',
      }),
      'none',
      'Where the nodes are to each other',
    ),
    ssm: withDefault(FLAG, false, 'Whether sessions of Systems Manager can be opened'),
    security_groups: withDefault(
      list(text(SECURITY_GROUP_ID), { max: 4, distinct: true }),
      [],
      "Security groups beside the entry's own",
    ),
    instance_profile: withDefault(
      text(PROFILE_NAME),
      'create',
      'create, or an instance profile that exists already and may do what the nodes need',
    ),
    tags: withDefault(TAGS, {}, 'Tags of the nodes and their disks'),
  },
  {
    block_duration_minutes: {
      code: 'refused-key',
      message: 'is of spot instances with a duration, which AWS no longer sells',
      fix: 'remove it, and write lease',
    },
    segments: { code: 'not-built', message: 'segments of networks are not built yet', fix: 'remove it' },
    key_name: {
      code: 'refused-key',
      message: 'is not needed: the keys go to the nodes by ssh_public_keys',
      fix: 'remove it',
    },
  },
);

/** What `flavors` says of a flavor on AWS. */
export const FLAVOR = map({
  instance_type: optional(text(INSTANCE_TYPE), 'Type of the nodes'),
  volume_size: optional(VOLUME_SIZE, 'GB of the root disk'),
  volume_type: optional(VOLUME_TYPE, 'Type of the root disk'),
});
