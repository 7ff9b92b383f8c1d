import { rotationSteps } from '../../../gateway/render/rotation-steps';
import { OTHER_AZURE, sampleAzure } from '../sample-azure';
import { type Combination, combinationHost, sampleHost } from '../sample-host';

const FIRST = '169.254.100.0/30';
const SECOND = '169.254.100.4/30';
const ROUTED = {
  version: 5,
  kind: 'xfrm',
  mode: 'route-based',
  routing: 'static',
  crypto: 'modern',
} as const;
const POLICY = { ...ROUTED, mode: 'policy-based' } as const;

function steps(combination: Combination, insideCidr: string): readonly string[] {
  return rotationSteps(combinationHost(combination, 1), 'dev/aws/default', insideCidr);
}

describe('what to type on the gateway after a rotation', () => {
  it('restarts the one connection, by its name in the daemon', () => {
    expect(steps({ daemon: 'libreswan', ...ROUTED }, SECOND)).toEqual([
      'install -m 600 etc/ipsec.d/kakehashi-dev-aws-default.secrets /etc/ipsec.d/kakehashi-dev-aws-default.secrets',
      'ipsec rereadsecrets',
      'ipsec auto --down dev-aws-default-2; ipsec auto --up dev-aws-default-2',
    ]);
    expect(steps({ daemon: 'strongswan', ...ROUTED }, FIRST)).toEqual([
      'install -m 600 etc/swanctl/conf.d/kakehashi-dev-aws-default-secrets.conf /etc/swanctl/conf.d/kakehashi-dev-aws-default-secrets.conf',
      'swanctl --load-creds --clear',
      'swanctl --terminate --ike dev-aws-default-1; swanctl --initiate --child dev-aws-default-1',
    ]);
  });

  it("has the name that the controller manual's form has, whose other tunnel is not used", () => {
    const seed = { daemon: 'libreswan', ...POLICY, crypto: 'seed' } as const;
    expect(steps(seed, FIRST).at(-1)).toBe('ipsec auto --down tunnel1; ipsec auto --up tunnel1');
    expect(steps(seed, SECOND)).toEqual([]);
  });

  it.each(['libreswan', 'strongswan'] as const)('does not bring up the standby of %s', (daemon) => {
    expect(steps({ daemon, ...POLICY }, FIRST)).toHaveLength(3);
    expect(steps({ daemon, ...POLICY }, SECOND)).toEqual(steps({ daemon, ...POLICY }, FIRST).slice(0, 2));
  });

  it.each(['169.254.21.2/32', '169.254.21.3/32'])(
    'restarts all connections that have the key: %s of two',
    (tunnel) => {
      const host = sampleHost({ daemon: 'strongswan', version: 6 }, [
        sampleAzure(),
        sampleAzure(OTHER_AZURE),
      ]);
      expect(rotationSteps(host, 'dev/azure/default', tunnel)).toEqual([
        'install -m 600 etc/swanctl/conf.d/kakehashi-dev-azure-default-secrets.conf /etc/swanctl/conf.d/kakehashi-dev-azure-default-secrets.conf',
        'swanctl --load-creds --clear',
        'swanctl --terminate --ike dev-azure-default-1; swanctl --initiate --child dev-azure-default-1',
        'swanctl --terminate --ike dev-azure-default-2; swanctl --initiate --child dev-azure-default-2',
      ]);
    },
  );

  it('does not bring up the standby that has the same key', () => {
    const policy = sampleAzure({ mode: 'policy-based', routing: 'static' });
    const host = sampleHost({ version: 5 }, [policy]);
    for (const tunnel of ['169.254.21.2/32', '169.254.21.3/32']) {
      expect(rotationSteps(host, 'dev/azure/default', tunnel).slice(2)).toEqual([
        'ipsec auto --down dev-azure-default-1; ipsec auto --up dev-azure-default-1',
      ]);
    }
  });

  it('is nothing for a tunnel that the host does not have', () => {
    expect(steps({ daemon: 'strongswan', ...ROUTED }, '169.254.200.0/30')).toEqual([]);
  });
});
