import { rotationSteps } from '../../../gateway/render/rotation-steps';
import { type Combination, combinationHost } from '../sample-host';

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

  it('is nothing for a tunnel that the host does not have', () => {
    expect(steps({ daemon: 'strongswan', ...ROUTED }, '169.254.200.0/30')).toEqual([]);
  });
});
