import { Cidr } from '../../model/net/cidr';
import { SshPublicKey } from '../../model/nodes/ssh-public-key';
import { AWS_NODE } from '../../nodes/aws/aws-node';
import { AZURE_NODE } from '../../nodes/azure/azure-node';
import type { BaseContainer } from '../../nodes/base-container';
import type { NodeSoftware } from '../../nodes/node-software';

const KEYS = [
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH alice@example.org',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJ',
];

export function sampleContainer(changes: Partial<BaseContainer> = {}): BaseContainer {
  return {
    image: 'harbor.example.org/vcp/base:1.8.1-alpine3.13-x86_64',
    privileged: true,
    volumes: [],
    environment: {},
    secretEnvironment: {},
    options: {},
    ...changes,
  };
}

/** A node of a fixed group on AWS with what a catalog gives by default. */
export function sampleNode(changes: Partial<NodeSoftware> = {}): NodeSoftware {
  return {
    cloud: AWS_NODE,
    kind: 'fixed',
    environment: 'dev',
    group: 'workers',
    node: 'n1',
    controller: { address: '10.0.2.15', id: 'dev' },
    networks: [Cidr.parse('172.30.2.0/24'), Cidr.parse('10.0.2.0/24')],
    hostUser: 'ubuntu',
    sshPort: 20022,
    dockerPort: 2375,
    sshKeys: KEYS.map((key) => SshPublicKey.parse(key)),
    container: sampleContainer(),
    disks: [],
    times: { boot: 1000, idle: 900, idleLoad: 0.1 },
    watchInterruption: false,
    metadataHops: 1,
    ntpServers: [],
    dnsServers: [],
    parts: [],
    ...changes,
  };
}

const DIGEST = '0123456789abcdef'.repeat(4);

/** A node with everything that there is. */
function fullNode(changes: Partial<NodeSoftware> = {}): NodeSoftware {
  return sampleNode({
    dockerPort: 2376,
    dockerTls: { ca: 'dev/docker/ca', certificate: 'dev/docker/cert', key: 'dev/docker/key' },
    container: sampleContainer({
      volumes: ['/data:/data', "/it's:/here:ro"],
      environment: { NFS_AUTOSTART: 'true', GREETING: 'two words, a "quote" and $HOME\nand a line' },
      secretEnvironment: { TOKEN: 'dev/token' },
      options: {
        dns: ['10.0.2.2'],
        dnsSearch: ['example.org'],
        addHost: ['controller:10.0.2.15'],
        hostname: 'n1',
        gpus: 'all',
        options: ['--shm-size', '1g'],
      },
      registry: { host: 'harbor.example.org', user: 'dev/registry/user', password: 'dev/registry/password' },
      userInit: { text: '#!/bin/sh\necho "hello, $(hostname)" >/tmp/hello\n' },
    }),
    disks: [
      { device: '/dev/sdf', mount: '/data' },
      { device: '/dev/sdg', mount: '/scratch' },
    ],
    proxy: {
      http: 'http://proxy.example.org:3128',
      https: 'http://proxy.example.org:3128',
      noProxy: ['.example.org'],
    },
    watchInterruption: true,
    metadataHops: 2,
    ntpServers: ['ntp.nict.jp'],
    dnsServers: ['10.0.2.2'],
    parts: [
      {
        name: 'pool',
        packages: [{ program: 'condor_master', package: 'htcondor' }],
        files: [
          { path: '/etc/kakehashi/leave.d/pool', mode: 0o755, text: '#!/bin/sh\ncondor_off -peaceful\n' },
        ],
        secrets: [{ as: 'file', name: 'pool-token', id: 'dev/pool' }],
        firstBoot: '#!/bin/sh\nset -e\nsystemctl enable --now condor.service\n',
      },
    ],
    ...changes,
  });
}

/** The nodes whose user data are golden files, and are given to the programs that read them. */
export const SAMPLE_NODES: Readonly<Record<string, NodeSoftware>> = {
  'aws-fixed': sampleNode(),
  'aws-fixed-full': fullNode(),
  'aws-elastic-spot': sampleNode({ kind: 'elastic', node: undefined, watchInterruption: true }),
  'aws-without-way-out': sampleNode({
    container: sampleContainer({
      bundle: { bucket: 'dev-nodes-workers', key: 'base.tar', region: 'ap-northeast-1', sha256: DIGEST },
      userInit: {
        s3: { bucket: 'dev-nodes-workers', key: 'init', region: 'ap-northeast-1', sha256: DIGEST },
      },
    }),
  }),
  'aws-annex': sampleNode({
    kind: 'elastic',
    node: undefined,
    container: undefined,
    times: { boot: 1000, idleLoad: 0.1 },
  }),
  'azure-fixed': sampleNode({ cloud: AZURE_NODE }),
  'azure-elastic-full': fullNode({
    cloud: AZURE_NODE,
    kind: 'elastic',
    node: undefined,
    dockerPort: 2375,
    dockerTls: undefined,
    disks: [{ device: 'lun0', mount: '/data' }],
  }),
};
