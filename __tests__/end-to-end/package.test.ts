import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli, ROOT } from '../support/compiled';

jest.setTimeout(300_000);

const APP = `
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { Network } from 'kakehashi/constructs/aws/network';
import { SecurityGroup } from 'kakehashi/constructs/aws/security-group';
import { SiteToSiteVpn } from 'kakehashi/constructs/aws/site-to-site-vpn';
import { Cidr } from 'kakehashi/model/net/cidr';
import { cryptoProfileOptions } from 'kakehashi/model/clouds/aws/crypto-options';
import { Peer } from 'kakehashi/model/net/peer';
import { Port } from 'kakehashi/model/net/port';

const app = new App();
const stack = new TerraformStack(app, 'mine');
new AwsProvider(stack, 'aws', { region: 'us-west-2' });
const network = new Network(stack, 'Network', {
  name: 'mine',
  cidr: Cidr.parse('10.1.0.0/16'),
  subnets: { nodes: { cidr: Cidr.parse('10.1.1.0/24') } },
  egress: 'none',
});
new SecurityGroup(stack, 'Nodes', {
  vpcId: network.vpcId,
  name: 'mine',
  ingress: [{ port: Port.tcp(22), peer: Peer.ipv4('10.0.2.0/24'), description: 'SSH' }],
});
new SiteToSiteVpn(stack, 'Vpn', {
  name: 'mine',
  vpcId: network.vpcId,
  vpcCidr: Cidr.parse('10.1.0.0/16'),
  nodeRouteTableIds: network.nodeRouteTableIds,
  customerGateway: { ipAddress: '198.51.100.10', asn: 65000, deviceName: 'mine' },
  routing: 'bgp',
  remoteNetworks: [],
  tunnels: [cryptoProfileOptions('modern'), cryptoProfileOptions('modern')],
});
app.synth();
`;

it('gives a package whose constructs work, typed, in another CDKTF app', () => {
  const folder = temporaryFolder({
    'package.json': '{ "name": "another", "private": true }',
    'main.ts': APP,
  });
  const run = (program: string, ...args: string[]): string =>
    execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  compiledCli();
  const packed = JSON.parse(
    execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const [{ filename, files }] = packed as [{ filename: string; files: { path: string }[] }];
  const paths = files.map((file) => file.path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'dist/scripts/kakehashi.js',
      'catalog/catalog.schema.json',
      'README.md',
      'LICENSE',
    ]),
  );
  expect(paths.filter((path) => /__tests__|^dist\/bench|\.tsbuildinfo|node_modules/.test(path))).toEqual([]);

  run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', `./${filename}`);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    '{ "compilerOptions": { "module": "node16", "moduleResolution": "node16", "target": "es2022", "strict": true, "skipLibCheck": true, "types": [] } }',
  );
  run(join(ROOT, 'node_modules/.bin/tsc'));
  run(process.execPath, 'main.js');
  const synthesized = JSON.parse(readFileSync(join(folder, 'cdktf.out/stacks/mine/cdk.tf.json'), 'utf8'));
  expect(Object.keys(synthesized.resource)).toEqual(
    expect.arrayContaining(['aws_vpc', 'aws_vpn_connection', 'aws_security_group']),
  );

  expect(existsSync(join(folder, 'node_modules/.bin/kakehashi'))).toBe(true);
  expect(run('npx', 'kakehashi', '--version').trim()).toBe(
    JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version,
  );
});
