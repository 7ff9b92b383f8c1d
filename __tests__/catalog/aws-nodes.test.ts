import { AWS_NODES } from '../../catalog/kinds/aws-nodes/kind';
import { nodeCatalog } from '../fixtures/node-catalog';
import { loadedFrom } from '../support/loaded';
import { problemLines } from './folder-of';

const lines = (text: string): readonly string[] => problemLines({ 'dev.yml': text });

/** The network without a way to the Internet. */
const closed = (keys: string, create: string): string =>
  nodeCatalog(keys).replace('public_subnet: 172.30.9.0/24, vpn: none', create);

describe('a node group on AWS is refused with', () => {
  it.each<[keys: string, problems: readonly string[]]>([
    [
      'nodes: 2, instance_type: [m7i.large, m6i.large]',
      [
        'dev.yml:10:180-202 bad-value node_groups.workers.instance_type: must be one type: each node of a fixed group is started by itself | write one, or kind: elastic',
      ],
    ],
    [
      'nodes: 2, instance_type: m7g.large',
      [
        'dev.yml:10:180-189 incompatible node_groups.workers.instance_type: m7g.large is of arm64, and architecture is x86_64 | write architecture: arm64, or other types',
      ],
    ],
    [
      'nodes: 2, architecture: arm64',
      [
        'dev.yml:10:3-10 incompatible node_groups.workers.flavor: m7i.large is of x86_64, and architecture is arm64 | write architecture: x86_64, or other types',
        'dev.yml:10:3-10 incompatible node_groups.workers.image: is a base container for x86_64, and architecture is arm64 | name one for arm64',
      ],
    ],
    [
      'nodes: 2, volume_type: st1',
      [
        'dev.yml:10:178-181 bad-value node_groups.workers.volume_type: cannot be st1: no instance starts from such a disk | write gp3; a disk of disks may be of it',
      ],
    ],
    [
      'nodes: 2, volume_type: standard, volume_size: 1025',
      [
        'dev.yml:10:201-205 bad-value node_groups.workers.volume_size: must be at most 1024 with volume_type: standard, got 1025',
      ],
    ],
    [
      'nodes: 2, volume_size: 15',
      [
        'dev.yml:10:178-180 bad-value node_groups.workers.volume_size: must be a whole number from 16 to 16384, got 15',
      ],
    ],
    [
      'nodes: 2, volume_size: 16385',
      [
        'dev.yml:10:178-183 bad-value node_groups.workers.volume_size: must be a whole number from 16 to 16384, got 16385',
      ],
    ],
    [
      'nodes: 2, flavor: gpu, cloud_image: { ssm: /lab/gpu }',
      [
        'dev.yml:10:173-176 missing-key node_groups.workers.flavor: key "docker_opt.gpus" is missing: without it the base container has none of the GPUs | write docker_opt: { gpus: all }',
      ],
    ],
    [
      'nodes: 2, docker_opt: { gpus: all }',
      [
        'dev.yml:10:185-188 incompatible node_groups.workers.docker_opt.gpus: needs GPUs, and m7i.large has none | write flavor: gpu',
        "dev.yml:10:185-188 incompatible node_groups.workers.docker_opt.gpus: needs NVIDIA's driver and container toolkit, which Ubuntu's image has not | write cloud_image: { ssm: … } of an image that has them",
      ],
    ],
    [
      'nodes: 2, flavor: gpu, docker_opt: { gpus: all }',
      [
        "dev.yml:10:198-201 incompatible node_groups.workers.docker_opt.gpus: needs NVIDIA's driver and container toolkit, which Ubuntu's image has not | write cloud_image: { ssm: … } of an image that has them",
      ],
    ],
    [
      'nodes: 2, flavor: huge',
      [
        'dev.yml:10:173-177 bad-value node_groups.workers.flavor: must be one of small, medium, large, gpu, got "huge"',
      ],
    ],
    [
      'nodes: 2, cloud_image: { id: ami-0123456789abcdef0, ssm: /a/b }',
      [
        'dev.yml:10:178-218 bad-value node_groups.workers.cloud_image: must have one of id, ssm and name, got id and ssm',
      ],
    ],
    [
      "nodes: 2, cloud_image: { name: 'lab-*' }",
      [
        'dev.yml:10:178-195 missing-key node_groups.workers.cloud_image: key "owner" is missing: anybody may give an image this name | write both, for instance owner: self',
      ],
    ],
    [
      'nodes: 2, cloud_image: { owner: self }',
      [
        'dev.yml:10:178-193 bad-value node_groups.workers.cloud_image: must have one of id, ssm and name, got none',
      ],
    ],
    [
      "nodes: 2, cloud_image: { name: 'ubuntu-arm64-*', owner: self }",
      [
        'dev.yml:10:186-202 incompatible node_groups.workers.cloud_image.name: "ubuntu-arm64-*" is an image for arm64, and architecture is x86_64 | name one for x86_64',
      ],
    ],
    [
      'nodes: 2, cloud_image: { id: i-1 }',
      [
        'dev.yml:10:184-187 bad-value node_groups.workers.cloud_image.id: must be an image id like ami-0123456789abcdef0, got "i-1"',
      ],
    ],
    [
      'nodes: 2, spot_type: persistent, spot: true',
      [
        'dev.yml:10:176-186 bad-value node_groups.workers.spot_type: cannot be persistent: AWS would start a new instance for each one that ends, also after a destroy | write one-time, or remove it',
      ],
    ],
    [
      'nodes: 2, spot_price: 0.05',
      [
        'dev.yml:10:165-175 incompatible node_groups.workers.spot_price: is of spot instances | write spot: true, or remove it',
      ],
    ],
    [
      'nodes: 2, spot: { max_price: 0.05 }, spot_price: 0.05',
      [
        'dev.yml:10:192-202 incompatible node_groups.workers.spot_price: says the same as spot.max_price | remove one of the two',
      ],
    ],
    [
      'nodes: 2, spot: { max_price: 0.000001 }',
      [
        'dev.yml:10:184-192 bad-value node_groups.workers.spot.max_price: must be a price in US dollars an hour, more than 0 and with at most 5 digits after the point, got "0.000001"',
      ],
    ],
    [
      'nodes: 2, spot: { on_demand_base: 1 }',
      [
        'dev.yml:10:173-187 incompatible node_groups.workers.spot.on_demand_base: is of elastic groups: each node of a fixed one is a spot instance | remove it, or use kind: elastic',
      ],
    ],
    [
      'nodes: 2, block_duration_minutes: 60',
      [
        'dev.yml:10:165-187 refused-key node_groups.workers.block_duration_minutes: is of spot instances with a duration, which AWS no longer sells | remove it, and write lease',
      ],
    ],
    [
      'nodes: 2, segments: [data]',
      [
        'dev.yml:10:165-173 not-built node_groups.workers.segments: segments of networks are not built yet | remove it',
      ],
    ],
    [
      'nodes: 2, key_name: lab',
      [
        'dev.yml:10:165-173 refused-key node_groups.workers.key_name: is not needed: the keys go to the nodes by ssh_public_keys | remove it',
      ],
    ],
    [
      'nodes: 8, placement: spread',
      [
        'dev.yml:10:176-182 too-much node_groups.workers.placement: spread has at most 7 nodes in a zone, and the group has 8 | make the group smaller, or remove placement',
      ],
    ],
    [
      'nodes: 2, disks: { data: { mount: /data } }',
      [
        'dev.yml:10:174-178 missing-key node_groups.workers.disks.data: key "size" is missing: how many GB the disk has | write size: 100, or volume_id',
      ],
    ],
    [
      'nodes: 2, disks: { data: { size: 100, type: st1 } }',
      [
        'dev.yml:10:188-191 bad-value node_groups.workers.disks.data.size: must be 125 to 16384, as disks of type st1 are, got 100',
      ],
    ],
    [
      'nodes: 2, disks: { data: { size: 100, type: fast } }',
      [
        'dev.yml:10:199-203 bad-value node_groups.workers.disks.data.type: must be one of standard, io1, io2, gp2, gp3, sc1, st1, got "fast"',
      ],
    ],
    [
      'nodes: 2, disks: { data: { volume_id: vol-0123456789abcdef0 } }',
      [
        'dev.yml:10:193-214 incompatible node_groups.workers.disks.data.volume_id: can be only in a group of one node, and this one has 2 | write nodes: 1, or size',
      ],
    ],
    [
      'nodes: 1, disks: { data: { volume_id: vol-1 } }',
      [
        'dev.yml:10:193-198 bad-value node_groups.workers.disks.data.volume_id: must be an id of a volume like vol-0123456789abcdef0, got "vol-1"',
      ],
    ],
    [
      'nodes: 1, disks: { data: { volume_id: vol-0123456789abcdef0, size: 10 } }',
      [
        'dev.yml:10:216-220 incompatible node_groups.workers.disks.data.size: is that of a disk which is made, and volume_id names one that exists | remove one of the two',
      ],
    ],
    [
      'nodes: 1, disks: { a: { size: 10, mount: /data }, b: { size: 10, mount: /data } }',
      [
        'dev.yml:10:227-232 duplicate-value node_groups.workers.disks.b.mount: /data is where another disk is mounted',
      ],
    ],
    [
      'kind: elastic, nodes: { initial: 1, max: 2 }, disks: { a: { size: 10, keep: true } }',
      [
        'dev.yml:10:225-229 incompatible node_groups.workers.disks.a.keep: nodes of an elastic group come and go, and their disks with them | use kind: fixed, or write size alone',
      ],
    ],
    [
      'kind: elastic, nodes: { initial: 1, max: 1 }, disks: { a: { volume_id: vol-0123456789abcdef0 } }',
      [
        'dev.yml:10:215-224 incompatible node_groups.workers.disks.a.volume_id: nodes of an elastic group come and go, and their disks with them | use kind: fixed, or write size alone',
      ],
    ],
    [
      'nodes: 1, image: vcp/base:1.8.1-alpine3.13-aarch64',
      [
        'dev.yml:10:172-205 incompatible node_groups.workers.image: is a base container for arm64, and architecture is x86_64 | name one for x86_64',
      ],
    ],
    [
      'nodes: 1, docker_tls: true',
      [
        'dev.yml:10:177-181 bad-value node_groups.workers.docker_tls: must say where the certificates are kept | write docker_tls: { ca: vault://…, certificate: vault://…, key: vault://… }',
      ],
    ],
    [
      'nodes: 1, docker_tls: { ca: vault://secret/ca, certificate: vault://secret/cert }',
      [
        'dev.yml:10:165-175 missing-key node_groups.workers.docker_tls: key "key" is missing: where its key is kept',
      ],
    ],
    [
      'nodes: 1, image: none, docker_tls: { ca: vault://secret/ca, certificate: vault://secret/cert, key: vault://secret/key }',
      [
        'dev.yml:10:178-188 incompatible node_groups.workers.docker_tls: is of the engine that runs the base container, and image is none | remove it',
      ],
    ],
    [
      'nodes: 1, docker_tls: { ca: vault://secret/ca, certificate: vault://secret/cert, key: mysecretkey }',
      [
        'dev.yml:10:236-239 secret node_groups.workers.docker_tls.key: a credential never stands in a catalog | keep it in Vault and write vault://…',
      ],
    ],
    [
      'nodes: 1, image: none, params: { e: [A=b] }',
      [
        'dev.yml:10:178-184 incompatible node_groups.workers.params: is of the base container, and image is none | remove it',
      ],
    ],
    [
      "nodes: 1, registry: { user: 'vault://secret/user' }",
      [
        'dev.yml:10:177-181 missing-key node_groups.workers.registry.user: key "password" is missing: a login is both | write password: vault://…',
      ],
    ],
    [
      "nodes: 1, image: lab/own, registry: { user: 'vault://secret/user', password: 'vault://secret/password' }",
      [
        'dev.yml:10:181-189 missing-key node_groups.workers.registry: key "host" is missing: the registry at which user and password log in | write host: harbor.example.org',
      ],
    ],
    [
      'nodes: 1, registry: { bundle: s3://lab/base.tar, host: a.example.org }',
      [
        'dev.yml:10:185-202 bad-value node_groups.workers.registry.bundle: must be an image in a bucket like s3://bucket/base.tar#sha256:<64 hexadecimal digits>, got "s3://lab/base.tar"',
        'dev.yml:10:204-208 incompatible node_groups.workers.registry.host: is of a registry, and bundle is a file | remove one of the two',
      ],
    ],
    [
      'nodes: 1, ip_address_list: [172.30.2.3]',
      [
        'dev.yml:10:183-193 subnet-outside node_groups.workers.ip_address_list[0]: must be from 172.30.2.4 to 172.30.2.254, the addresses of 172.30.2.0/24 that nodes of aws/default can have, got "172.30.2.3"',
      ],
    ],
    [
      'nodes: 1, ip_address_list: [172.30.2.255]',
      [
        'dev.yml:10:183-195 subnet-outside node_groups.workers.ip_address_list[0]: must be from 172.30.2.4 to 172.30.2.254, the addresses of 172.30.2.0/24 that nodes of aws/default can have, got "172.30.2.255"',
      ],
    ],
    [
      'nodes: 1, kms_key: alias/lab',
      [
        'dev.yml:10:174-183 bad-value node_groups.workers.kms_key: must be the ARN of a KMS key, got "alias/lab"',
      ],
    ],
    [
      'nodes: 1, instance_type: mac1.metal',
      [
        'dev.yml:10:180-190 bad-value node_groups.workers.instance_type: must be an instance type like m7i.large, got "mac1.metal"',
      ],
    ],
    [
      'nodes: 1, tags: { kakehashi:node: a }',
      [
        'dev.yml:10:173-187 bad-name node_groups.workers.tags: a key must be a tag key of up to 128 letters, digits, spaces and _ . : / = + - @ that is not Name and does not begin with aws: or kakehashi:, got "kakehashi:node"',
      ],
    ],
    [
      'nodes: 1, security_groups: [sg-1]',
      [
        'dev.yml:10:183-187 bad-value node_groups.workers.security_groups[0]: must be a security group id like sg-0387934d3cd06946f, got "sg-1"',
      ],
    ],
    [
      'nodes: 1, vm_size: Standard_B1s',
      [
        'dev.yml:10:165-172 refused-key node_groups.workers.vm_size: groups of aws have no such key; groups of azure have it | remove it',
      ],
    ],
    [
      'nodes: 200, lease: 8h, ip_address_list: [172.30.2.10]',
      [
        'dev.yml:10:195-208 bad-value node_groups.workers.ip_address_list: must have as many addresses as the group has nodes, 200, got 1',
      ],
    ],
  ])('%s', (keys, problems) => {
    expect(lines(nodeCatalog(keys))).toEqual(problems);
  });

  it.each<[keys: string, create: string, problems: readonly string[]]>([
    [
      'nodes: 1',
      'egress: none, vpn: none',
      [
        'dev.yml:10:3-10 missing-key node_groups.workers: its nodes do not reach the Internet (egress: none): the base container comes from harbor.vcloud.nii.ac.jp; Docker is installed from the Internet | write registry.host of a registry that the site has, or registry.bundle; write cloud_image of an image that has Docker, or proxy; or use egress: nat',
      ],
    ],
    [
      'kind: elastic, nodes: { initial: 1, max: 2 }, ssm: true, image: none',
      'egress: none, vpn: none',
      [
        'dev.yml:10:3-10 missing-key node_groups.workers: its nodes do not reach the Internet (egress: none): ssm: true needs the endpoint ssm; the end of an idle node needs the endpoint autoscaling | write endpoints: [ssm, autoscaling] in aws.default.create; or use egress: nat',
      ],
    ],
    [
      "nodes: 1, cloud_image: { id: ami-0123456789abcdef0 }, image: '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/base:1', params: { e: [DB=vault://secret/db] }",
      'egress: none, vpn: none',
      [
        'dev.yml:10:3-10 missing-key node_groups.workers: its nodes do not reach the Internet (egress: none): an image of ECR needs the endpoint s3; an image of ECR needs the endpoint ecr; DB of params.e needs the endpoint secretsmanager | write endpoints: [s3, ecr, secretsmanager] in aws.default.create; or use egress: nat',
        'dev.yml:10:290-310 missing-key node_groups.workers.params.e[0]: key "vault" is missing: the server in which vault://secret/db is kept | write vault: { address: https://10.0.2.15:8443 }',
      ],
    ],
    [
      "nodes: 1, cloud_image: { id: ami-0123456789abcdef0 }, registry: { bundle: 's3://lab/base.tar#sha256:0000000000000000000000000000000000000000000000000000000000000000' }",
      'egress: none, endpoints: [s3], vpn: none',
      [],
    ],
    ['nodes: 1, proxy: { http: http://proxy.example.org:3128 }', 'egress: none, vpn: none', []],
  ])('%s in a network with %s, unless all is there that it needs', (keys, create, problems) => {
    expect(lines(closed(keys, create))).toEqual(problems);
  });

  it('a network that is not there', () => {
    expect(lines(nodeCatalog().replace('network: aws/default', 'network: aws/defalt'))).toEqual([
      'dev.yml:10:23-33 unknown-entry node_groups.workers.network: there is no entry "aws/defalt"; did you mean "aws/default"? | entries of aws: aws/default',
    ]);
  });

  it('spot: false in a network that is named under aws_spot', () => {
    const text = nodeCatalog('spot: false').replace('network: aws/default', 'network: aws_spot/default');
    expect(lines(text)).toEqual([
      'dev.yml:10:166-171 incompatible node_groups.workers.spot: cannot be false: the network is named under aws_spot | write network: aws/…, or remove spot',
    ]);
  });

  it('no site, whose controller nodes belong to', () => {
    expect(lines(nodeCatalog().replace(/site: .*\n/, ''))).toEqual([
      'dev.yml:1:1-19 missing-key : key "site" is missing: the controller that the nodes belong to | write site: { controller: 10.0.2.15/24, public_ip: … }',
    ]);
  });

  it('a flavor of which not all is said', () => {
    const flavors = 'flavors: { huge: { aws: { instance_type: m7i.48xlarge } } }\n';
    expect(lines(`${nodeCatalog('flavor: huge')}${flavors}`)).toContainEqual(
      'dev.yml:11:20-23 missing-key flavors.huge.aws: says not all of the flavor, and there is no huge in the table of this version | write the type, the size and the type of its disk',
    );
  });
});

describe('a node group on AWS', () => {
  const groupOf = (text: string) => loadedFrom(text).catalog.kinds['aws-nodes']?.groups[0];

  it('is as large as its edges', () => {
    expect(
      lines(nodeCatalog('nodes: 7, placement: spread, volume_size: 16384, spot: { max_price: 0.00001 }')),
    ).toEqual([]);
    expect(groupOf(nodeCatalog('nodes: 1, spot: { max_price: 0.00001 }'))?.spotOptions).toEqual({
      maxPrice: 0.00001,
      onDemandBase: 0,
      onDemandPercent: 0,
    });
  });

  it('has what its flavor has, of the table of this version, of VCP, or of the catalog', () => {
    const machine = (flavors: string) => {
      const group = groupOf(`${nodeCatalog('flavor: medium')}${flavors}`);
      return [group?.instanceTypes, group?.rootVolume];
    };
    expect(machine('')).toEqual([['m7i.xlarge'], { sizeGb: 40, type: 'gp3' }]);
    expect(machine('flavors: vcp\n')).toEqual([['m4.xlarge'], { sizeGb: 40, type: 'gp2' }]);
    expect(machine('flavors: { medium: { aws: { volume_size: 50 } } }\n')).toEqual([
      ['m7i.xlarge'],
      { sizeGb: 50, type: 'gp3' },
    ]);
    expect(groupOf(nodeCatalog('flavor: medium, instance_type: c7i.large'))?.instanceTypes).toEqual([
      'c7i.large',
    ]);
  });

  it('has a stack that needs its network, in the region of the network', () => {
    const { stacks, catalog } = loadedFrom(nodeCatalog());
    expect(stacks.map(({ id, kind, requires }) => ({ id, kind, requires }))).toEqual([
      { id: 'dev-aws-default', kind: 'aws-network', requires: [] },
      { id: 'dev-nodes-workers', kind: 'aws-nodes', requires: ['dev-aws-default'] },
    ]);
    expect(stacks[1]?.place).toEqual({ region: 'ap-northeast-1' });
    expect(catalog.groups.map(({ key, entry, kind, most }) => ({ key, entry, kind, most }))).toEqual([
      { key: 'nodes/workers', entry: 'aws/default', kind: 'fixed', most: 2 },
    ]);
  });

  it('in a network that is called aws_spot has spot instances', () => {
    const text = nodeCatalog('nodes: 1').replace('network: aws/default', 'network: aws_spot/default');
    expect(groupOf(text)).toMatchObject({ spot: true, entry: 'aws/default' });
  });

  it('says its place in the lock file', () => {
    expect(AWS_NODES.lock.format({ region: 'ap-northeast-1' })).toBe('region: ap-northeast-1');
    expect(AWS_NODES.lock.idPattern('dev')).toBe('dev-nodes-<group>');
  });
});
