import type { Allocation } from '../../../catalog/ground/allocation';
import type { ConnectionClaim } from '../../../catalog/ground/claims';
import { ProblemList } from '../../../catalog/ground/problem-list';
import { allocateAtGateway } from '../../../catalog/site/connections';
import { AWS_VPN } from '../../../model/clouds/aws/aws-vpn';
import { insideCidrPool } from '../../../model/clouds/aws/inside-cidr';
import { Cidr } from '../../../model/net/cidr';

/** A connection with one inside CIDR, of any size. */
function claimOf(key: string, fixed?: string): ConnectionClaim {
  return {
    key,
    insideCidrs: [fixed === undefined ? undefined : Cidr.parse(fixed)],
    interfaces: 1,
    pool: insideCidrPool,
    cloud: AWS_VPN,
    where: () => ({ path: [key] }),
    fix: 'choose another',
    describe: () => ({ mode: 'route-based', routing: 'static', networks: [], cloud_asn: 1, tunnels: {} }),
    optionOf: () => ({ path: [key] }),
  };
}

const locked = (cidr: string, number = 1): Allocation => ({
  insideCidrs: [Cidr.parse(cidr)],
  interfaces: [number],
});

const ownerOf = () => undefined;

function problemsOf(
  own: { readonly connections: readonly ConnectionClaim[]; readonly locked?: Record<string, Allocation> },
  other: { readonly connections: readonly ConnectionClaim[]; readonly locked?: Record<string, Allocation> },
): readonly string[] {
  const problems = new ProblemList();
  allocateAtGateway(
    { environment: 'dev', locked: {}, ownerOf, ...own },
    [{ environment: 'prod', locked: {}, ownerOf, ...other }],
    { path: [] },
    problems,
  );
  return problems.sorted([]).map(({ code, must }) => `${code}: ${must}`);
}

describe('blocks of different sizes at one gateway', () => {
  test('clash where they overlap, whichever is larger', () => {
    expect(
      problemsOf(
        { connections: [claimOf('lab/a', '169.254.200.8/30')] },
        { connections: [claimOf('lab/b')], locked: { 'lab/b': locked('169.254.200.8/29') } },
      ),
    ).toEqual(['inside-cidr-taken: inside CIDR 169.254.200.8/30 is taken by prod/lab/b at the same gateway']);
    expect(
      problemsOf(
        { connections: [claimOf('lab/a', '169.254.200.8/29')] },
        { connections: [claimOf('lab/b', '169.254.200.12/30')] },
      ),
    ).toEqual(['inside-cidr-taken: inside CIDR 169.254.200.8/29 is taken by prod/lab/b at the same gateway']);
  });

  test('do not clash side by side', () => {
    expect(
      problemsOf(
        { connections: [claimOf('lab/a', '169.254.200.8/29')] },
        { connections: [claimOf('lab/b', '169.254.200.16/30')] },
      ),
    ).toEqual([]);
  });

  test('clash with what a lock keeps for a connection that is gone', () => {
    expect(
      problemsOf(
        { connections: [claimOf('lab/a', '169.254.200.8/30')] },
        { connections: [], locked: { 'lab/old': locked('169.254.200.8/29') } },
      ),
    ).toEqual([
      'inside-cidr-taken: inside CIDR 169.254.200.8/30 is taken by prod/lab/old at the same gateway',
    ]);
  });
});

test('an interface that two locks hold is a clash of the locks', () => {
  expect(
    problemsOf(
      { connections: [claimOf('lab/a')], locked: { 'lab/a': locked('169.254.200.0/30', 4) } },
      { connections: [claimOf('lab/b')], locked: { 'lab/b': locked('169.254.200.4/30', 4) } },
    ),
  ).toEqual([
    'lock-clash: interface 4 is taken by prod/lab/b at the same gateway (both from their lock files)',
  ]);
});

describe('what a lock holds of a connection', () => {
  const problems = (held: Partial<Allocation>, interfaces: number) =>
    problemsOf(
      {
        connections: [{ ...claimOf('lab/a'), interfaces }],
        locked: { 'lab/a': { ...locked('169.254.200.8/29'), ...held } },
      },
      { connections: [] },
    );

  test('may be more or fewer interfaces: tunnels come and go with the catalog', () => {
    expect(problems({ interfaces: [4] }, 2)).toEqual([]);
    expect(problems({ interfaces: [4, 5] }, 1)).toEqual([]);
  });

  test('are as many inside CIDRs as it needs', () => {
    expect(problems({ insideCidrs: [] }, 1)).toEqual([
      'lock-clash: the lock file must hold 1 inside CIDR for lab/a',
    ]);
  });
});
