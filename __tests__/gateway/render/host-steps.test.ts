import { plannedChanges } from '../../../gateway/folder/planned-changes';
import { renderPlannedGateway } from '../../../gateway/render/host-files';
import { hostSteps } from '../../../gateway/render/host-steps';
import type { GatewayHost } from '../../../model/gateway/host';
import { sampleConnection, sampleHost, sampleKey } from '../sample-host';

const FOLDER = 'out/gateway/198.51.100.10';
const ONE = sampleConnection();
const TWO = sampleConnection({
  network: 'aws/default-b',
  cloudNetwork: '172.29.0.0/16',
  position: 1,
});

function steps(before: GatewayHost | undefined, after: GatewayHost | undefined): readonly string[] {
  const files = (host: GatewayHost | undefined) => (host === undefined ? [] : renderPlannedGateway(host));
  const states = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  return hostSteps(states, plannedChanges(files(before), files(after)), FOLDER);
}

describe('hostSteps', () => {
  it('are none where nothing changes', () => {
    expect(steps(sampleHost({}, [ONE]), sampleHost({}, [ONE]))).toEqual([]);
    expect(hostSteps({}, [], FOLDER)).toEqual([]);
  });

  it('are those of the page for a host that has nothing yet', () => {
    expect(steps(undefined, sampleHost({}, [ONE]))).toEqual([
      `copy ${FOLDER}/ to the host, and do what its INSTALL.md says`,
    ]);
  });

  it('load only the connection that is new, and leave the daemon and the others up', () => {
    const found = steps(sampleHost({}, [ONE]), sampleHost({}, [ONE, TWO]));
    expect(found.filter((step) => step.includes('ipsec'))).toEqual([
      'ipsec rereadsecrets',
      'ipsec auto --replace dev-aws-default-b-3 && ipsec auto --up dev-aws-default-b-3',
      'ipsec auto --replace dev-aws-default-b-4 && ipsec auto --up dev-aws-default-b-4',
    ]);
  });

  it('take down what goes before its files do', () => {
    const found = steps(sampleHost({}, [ONE, TWO]), sampleHost({}, [ONE]));
    expect(found.slice(0, 3)).toEqual([
      'ipsec auto --delete dev-aws-default-b-3',
      'ipsec auto --delete dev-aws-default-b-4',
      expect.stringMatching(/^rm -f .*\/etc\/ipsec\.d\/kakehashi-dev-aws-default-b\.secrets/),
    ]);
    expect(found.join('\n')).not.toContain('--replace');
  });

  it('stop what runs from a file that goes', () => {
    const spoken = sampleConnection({
      network: 'aws/b',
      cloudNetwork: '172.29.0.0/16',
      position: 1,
      routing: 'bgp',
    });
    expect(steps(sampleHost({}, [ONE, spoken]), sampleHost({}, [ONE]))).toContain(
      'systemctl disable --now frr',
    );
    const found = steps(sampleHost({}, [ONE, spoken]), sampleHost({}, [spoken]));
    expect(found).toContain('systemctl disable --now kakehashi-routes');
    expect(found.join('\n')).not.toContain('restart kakehashi-routes');
  });

  it('read in a new key, and do nothing to interfaces and routes', () => {
    const key = () => sampleKey('PlantedKey.new_1');
    for (const [daemon, version, load] of [
      ['libreswan', 5, 'ipsec rereadsecrets'],
      ['strongswan', 6, 'swanctl --load-all --clear'],
    ] as const) {
      const host = (connection = ONE) => sampleHost({ daemon, version }, [connection]);
      const found = steps(host(), host(sampleConnection({ key })));
      expect(found[0]).toMatch(
        /^copy out\/gateway\/198\.51\.100\.10\/ to the host, and there: tar -c etc \|/,
      );
      expect(found[1]).toBe(load);
      expect(found.join('\n')).not.toContain('kakehashi-tunnels');
    }
  });

  it('stop the old daemon first, and start the new one after its files are there', () => {
    const found = steps(
      sampleHost({ daemon: 'strongswan', version: 6 }, [ONE]),
      sampleHost({ daemon: 'libreswan', version: 5 }, [ONE]),
    );
    const at = (text: string) => found.findIndex((step) => step.includes(text));
    const order = [
      'disable --now strongswan',
      'apt-get install -y libreswan',
      'rm -f',
      'copy out/',
      'restart ipsec',
    ];
    expect(order.map(at)).toEqual([...order.map(at)].sort((a, b) => a - b));
    expect(at('disable --now strongswan')).toBe(0);
  });

  it('say what to do on a machine that was the host before', () => {
    const host = sampleHost({}, [ONE]);
    const moved = {
      ...host,
      site: { ...host.site, controller: { ...host.site.controller, address: '10.0.2.99' } },
    };
    expect(steps(host, moved)[0]).toBe(
      'if 10.0.2.99 is another machine than 10.0.2.15: first on 10.0.2.15: systemctl disable --now ipsec',
    );
  });

  it('stop everything where nothing ends any more, and name the keys', () => {
    const found = steps(sampleHost({}, [ONE]), undefined);
    expect(found[0]).toBe('systemctl disable --now ipsec');
    expect(found[1]).toMatch(/^systemctl disable --now kakehashi-firewall .*kakehashi-tunnels/);
    expect(found[2]).toMatch(/the pre-shared keys in \/etc\/ipsec\.d\/kakehashi-\* among them$/);
  });
});
