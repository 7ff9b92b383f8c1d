import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(240_000);

const CATALOG = `cci_version: '1.0'
providers: { azurerm: { subscription_id: 12345678-1234-9876-4563-123456789012, auth: cli } }
site:
  controller: 10.0.2.15/24
  asn: 65000
  gateways:
    east: { public_ip: 198.51.100.20, address: 10.0.2.2 }
    west: { public_ip: 198.51.100.21, address: 10.0.2.3, daemon: strongswan }
aws:
  default:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, egress: none, vpn: { routing: bgp } }
azure:
  default:
    azure_location: japaneast
    private_network_ipmask: 172.21.1.0/24
    create: { vnet_cidr: 172.21.0.0/16, gateway_subnet: 172.21.255.0/27, vpn: { routing: bgp } }
`;

describeWith('terraform', 'a site with two gateways, and networks of two clouds', () => {
  let project: Project;
  beforeAll(() => {
    project = new Project({ 'catalog/lab.yml': CATALOG });
  });

  const frr = (host: string): string => project.read(`sandbox.out/gateway/${host}/etc/frr/frr.conf`);
  const peers = (host: string): readonly string[] =>
    [...frr(host).matchAll(/^ neighbor (\S+) remote-as/gm)].map(([, peer]) => String(peer));

  it('has a connection of each network to each gateway, and files of each host', async () => {
    const { code, stdout } = await project.kakehashi('apply', 'lab', '--sandbox', '--yes');
    expect({ code, stdout }).toEqual({ code: 0, stdout });
    expect(peers('198.51.100.20')).toHaveLength(4);
    expect(peers('198.51.100.21')).toHaveLength(4);
    expect(new Set([...peers('198.51.100.20'), ...peers('198.51.100.21')]).size).toBe(8);
  });

  it('prefers the gateway with the lower metric, and each speaks with its own address', () => {
    expect(frr('198.51.100.20')).toContain(' set metric 100\n');
    expect(frr('198.51.100.21')).toContain(' set metric 200\n');
    expect(frr('198.51.100.20')).toContain(' bgp router-id 10.0.2.2\n');
    expect(frr('198.51.100.21')).toContain(' bgp router-id 10.0.2.3\n');
  });

  it('says what it means that one of them goes: its machine is another one', async () => {
    const WEST = '    west: { public_ip: 198.51.100.21, address: 10.0.2.3, daemon: strongswan }\n';
    project.edit('catalog/lab.yml', WEST, '');
    const { code, stdout } = await project.kakehashi('plan', 'lab', '--sandbox');
    project.edit('catalog/lab.yml', 'aws:\n', `${WEST}aws:\n`);
    expect(code).toBe(2);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain('connection lab-azure-default-west is DESTROYED, with its tunnels and its key');
    expect(text).toContain('as root on 10.0.2.3, because no tunnel ends there any more: 1.');
    expect(text).not.toContain('copy nothing');
    expect(text).toContain('remove sandbox.out/gateway/198.51.100.21/ here, which holds pre-shared keys');
  });

  it('needs nothing in a second plan, and leaves nothing when it is destroyed', async () => {
    expect((await project.kakehashi('plan', 'lab', '--sandbox')).code).toBe(0);
    expect((await project.kakehashi('destroy', 'lab', '--sandbox', '--yes')).code).toBe(0);
    expect((await project.kakehashi('sandbox', 'list', '--json')).stdout.trim()).toBe('');
  });
});
