import { renderGateway } from '../../../gateway/render/host-files';
import { rotationSteps } from '../../../gateway/render/rotation-steps';
import { AWS_VPN } from '../../../model/clouds/aws/aws-vpn';
import type { CloudVpn } from '../../../model/clouds/cloud-vpn';
import type { GatewayHost } from '../../../model/gateway/host';
import { Cidr } from '../../../model/net/cidr';
import {
  COMBINATIONS,
  type Combination,
  combinationHost,
  combinationName,
  sampleConnection,
  sampleHost,
} from '../sample-host';

/** A cloud of this test: inside CIDRs of any length, another hold time, another place to look. */
const OTHER_CLOUD: CloudVpn = {
  ...AWS_VPN,
  name: 'Nimbus',
  parseInsideCidr: (text) => Cidr.parse(text),
  bgpHoldSeconds: 180,
  tunnelStatus: { console: 'Networks > Tunnels', command: () => 'nimbus tunnels', up: 'UP' },
};

const textOf = (host: GatewayHost, path: string): string => {
  const file = renderGateway(host).find((one) => one.path === path);
  if (!file) throw new Error(`${path} is not rendered`);
  return file.text;
};
const matches = (text: string, form: RegExp): string[] => [...text.matchAll(form)].map(([, one = '']) => one);
const modern = COMBINATIONS.filter(({ crypto }) => crypto === 'modern');
const find = (daemon: string, mode: string, routing: string): Combination => {
  const found = modern.find((one) => one.daemon === daemon && one.mode === mode && one.routing === routing);
  if (!found) throw new Error('no such combination');
  return found;
};

describe.each([1, 3])('a network of %d tunnels', (count) => {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const names = numbers.map((number) => `dev-aws-default-${number}`);

  it.each(modern.map((one) => [combinationName(one), one] as const))(
    'has all of them in every file of %s',
    (_, combination) => {
      const host = combinationHost(combination, 1, count);
      const { daemon, mode, routing, kind } = combination;
      const own = daemon === 'libreswan' ? 'ipsec.d' : 'swanctl/conf.d';
      const connections = textOf(host, `etc/${own}/kakehashi-dev-aws-default.conf`);
      const connection = daemon === 'libreswan' ? /^conn (\S+)$/gm : /^ {2}(dev\S+) \{$/gm;
      expect(matches(connections, connection)).toEqual(names);

      const secrets = textOf(
        host,
        `etc/${own}/kakehashi-dev-aws-default${daemon === 'libreswan' ? '.secrets' : '-secrets.conf'}`,
      );
      const others = numbers.map((number) => `203.0.113.${number}`);
      const key = daemon === 'libreswan' ? / (203\S+) : PSK "Planted/g : /id-remote = (203\S+)/g;
      expect(matches(secrets, key)).toEqual(others);

      const filter = textOf(host, 'etc/kakehashi/kakehashi.nft');
      expect(matches(filter, /ip saddr (203\S+) ip protocol esp/g)).toEqual(others);

      if (mode === 'route-based') {
        const prefix = kind === 'vti' ? 'vti' : daemon === 'libreswan' ? 'ipsec' : 'xfrm';
        const interfaces = numbers.map((number) => `${prefix}${100 + number}`);
        const table = textOf(host, 'etc/kakehashi/dev-aws-default.tunnels');
        expect(matches(table, /^tunnel (\S+)/gm)).toEqual(interfaces);
        const sysctl = textOf(host, 'etc/sysctl.d/90-kakehashi.conf');
        expect(matches(sysctl, /^net\.ipv4\.conf\.(\S+)\.rp_filter = 2$/gm)).toEqual(interfaces);
        expect(matches(filter, /iifname "(\S+)"/g)).toEqual(interfaces);
      }
      if (routing === 'bgp') {
        const peers = numbers.map((number) => `169.254.100.${number * 4 - 3}`);
        const frr = textOf(host, 'etc/frr/frr.conf');
        expect(matches(frr, /^ neighbor (\S+) remote-as 64512$/gm)).toEqual(peers);
        expect(matches(frr, /^ {2}neighbor (\S+) activate$/gm)).toEqual(peers);
      }
    },
  );

  it('starts the preferred policy-based tunnel only', () => {
    const libreswan = textOf(
      combinationHost(find('libreswan', 'policy-based', 'static'), 1, count),
      'etc/ipsec.d/kakehashi-dev-aws-default.conf',
    );
    expect(matches(libreswan, /^\tauto=(\S+)$/gm)).toEqual(
      numbers.map((number) => (number === 1 ? 'start' : 'ignore')),
    );
    const strongswan = textOf(
      combinationHost(find('strongswan', 'policy-based', 'static'), 1, count),
      'etc/swanctl/conf.d/kakehashi-dev-aws-default.conf',
    );
    expect(matches(strongswan, /start_action = (\S+)$/gm)).toEqual(
      numbers.map((number) => (number === 1 ? 'start' : 'none')),
    );
  });

  it('speaks in INSTALL.md of the tunnels that there are', () => {
    const standby = textOf(
      combinationHost(find('libreswan', 'policy-based', 'static'), 1, count),
      'INSTALL.md',
    );
    expect(matches(standby, /^`(\S+)` is a standby: policy-based, all tunnels/gm)).toEqual(names.slice(1));
    expect(matches(standby, /^ipsec auto --up (\S+)$/gm)).toEqual(names.slice(1));
    const followed = textOf(
      combinationHost(find('libreswan', 'route-based', 'static'), 1, count),
      'INSTALL.md',
    );
    expect(followed.includes('says when a route moved to another tunnel.')).toBe(count > 1);
    expect(followed).not.toContain('the other tunnel');
    const spoken = textOf(combinationHost(find('libreswan', 'route-based', 'bgp'), 1, count), 'INSTALL.md');
    expect(spoken).toContain(` shows ${count} ${count === 1 ? 'neighbour' : 'neighbours'} with a number`);
  });

  it("says in the controller manual's form which tunnels it does not use", () => {
    const host = sampleHost({}, [sampleConnection({ tunnels: count, mode: 'policy-based', crypto: 'seed' })]);
    const text = textOf(host, 'etc/ipsec.d/kakehashi-dev-aws-default.conf');
    expect(matches(text, /^conn (\S+)$/gm)).toEqual(['tunnel1']);
    expect(
      text.includes("# The connection's other tunnels are not used. Inside CIDR 169.254.100.0/30."),
    ).toBe(count > 1);
    expect(text).toContain('Inside CIDR 169.254.100.0/30.');
    expect(text).not.toContain('other tunnel is');
  });

  it('has rotation steps for each tunnel', () => {
    const host = combinationHost(find('libreswan', 'route-based', 'static'), 1, count);
    const restarts = numbers.map((number) =>
      rotationSteps(host, 'dev/aws/default', `169.254.100.${number * 4 - 4}/30`).at(-1),
    );
    expect(restarts).toEqual(names.map((name) => `ipsec auto --down ${name}; ipsec auto --up ${name}`));
  });
});

describe('inside CIDRs that are no /30', () => {
  const connection = sampleConnection({ cloud: OTHER_CLOUD, insidePrefixLength: 29, routing: 'bgp' });
  /** The site has the first address of each block here, the cloud the second. */
  const mirrored = {
    ...connection,
    description: {
      ...connection.description,
      tunnels: Object.fromEntries(
        Object.entries(connection.description.tunnels).map(([cidr, tunnel]) => [
          cidr,
          {
            ...tunnel,
            cloud_inside_address: tunnel.site_inside_address,
            site_inside_address: tunnel.cloud_inside_address,
          },
        ]),
      ),
    },
  };

  it('give the interfaces their prefix length, and the addresses that the description names', () => {
    const host = sampleHost({ daemon: 'strongswan', version: 6 }, [mirrored]);
    expect(textOf(host, 'etc/kakehashi/dev-aws-default.tunnels').match(/^tunnel .*$/gm)).toEqual([
      'tunnel xfrm101 xfrm 101 203.0.113.1 169.254.100.1/29 169.254.100.2 1446',
      'tunnel xfrm102 xfrm 102 203.0.113.2 169.254.100.9/29 169.254.100.10 1446',
    ]);
    expect(matches(textOf(host, 'etc/frr/frr.conf'), /^ neighbor (\S+) remote-as/gm)).toEqual([
      '169.254.100.2',
      '169.254.100.10',
    ]);
  });

  it('are refused where an end has an address outside of its block', () => {
    const [[cidr, tunnel] = []] = Object.entries(mirrored.description.tunnels);
    const tunnels = { [String(cidr)]: { ...tunnel, cloud_inside_address: '10.0.0.1' } };
    const description = { ...mirrored.description, tunnels } as typeof mirrored.description;
    expect(() => renderGateway(sampleHost({}, [{ ...mirrored, description }]))).toThrow(
      'must be an address of 169.254.100.0/29 (dev/aws/default), got "10.0.0.1"',
    );
  });

  it('are refused where they overlap those of another connection', () => {
    const other = sampleConnection({
      environment: 'prod',
      cloudNetwork: '172.29.0.0/16',
      position: 1,
      tunnels: 1,
    });
    expect(() => renderGateway(sampleHost({}, [connection, other]))).toThrow(
      'prod/aws/default: inside CIDR 169.254.100.4/30 overlaps 169.254.100.0/29 of dev/aws/default',
    );
  });

  it('are refused by a cloud that takes none but a /30', () => {
    expect(() => renderGateway(sampleHost({}, [{ ...connection, cloud: AWS_VPN }]))).toThrow(
      'must be a /30 of 169.254.0.0/16 (dev/aws/default), got "169.254.100.0/29"',
    );
  });
});

describe('a second cloud at the same host', () => {
  const host = sampleHost({}, [
    sampleConnection({ routing: 'bgp' }),
    sampleConnection({
      network: 'nimbus/default',
      cloud: OTHER_CLOUD,
      cloudNetwork: '172.29.0.0/16',
      position: 1,
      routing: 'bgp',
    }),
  ]);

  it('has its own hold time, and its own place in INSTALL.md', () => {
    const frr = textOf(host, 'etc/frr/frr.conf');
    expect(matches(frr, /^ neighbor \S+ timers (\d+ \d+)$/gm)).toEqual([
      '10 30',
      '10 30',
      '60 180',
      '60 180',
    ]);
    const page = textOf(host, 'INSTALL.md');
    expect(page).toContain(
      'In the console, VPC > Site-to-Site VPN connections > Tunnel details: these tunnels',
    );
    expect(page).toContain('In the console, Networks > Tunnels: these tunnels have the status UP.');
    expect(page).toContain('```sh\nnimbus tunnels\n```');
  });

  it('is named in what it can not do', () => {
    const [first, second] = host.connections;
    if (!first || !second) throw new Error('two connections are expected');
    const weak = { ...OTHER_CLOUD, ike: { ...OTHER_CLOUD.ike, dhGroups: [24] } };
    expect(() => renderGateway({ ...host, connections: [first, { ...second, cloud: weak }] })).toThrow(
      /^dev\/nimbus\/default: 169\.254\.100\.8\/30: ike: Nimbus has no DH group 20 for IKE; nearest: crypto: modern/,
    );
  });
});
