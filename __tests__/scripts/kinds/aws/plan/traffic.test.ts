import { TRAFFIC } from '../../../../../scripts/kinds/aws/plan/traffic';
import { describeWith } from '../../../../support/programs';

import { ATTACHMENT_CASES } from './cases/attachment-cases';
import { ENVIRONMENTS, FILES, type TrafficCase } from './cases/case';
import { FORWARDING_CASES } from './cases/forwarding-cases';
import { HUB_CASES } from './cases/hub-cases';
import { HUB_ENVIRONMENTS, HUB_FILES } from './cases/hub-files';

import { INTERNET_CASES } from './cases/internet-cases';
import { ROUTE_CASES } from './cases/route-cases';
import { RULE_CASES } from './cases/rule-cases';
import { SUBNET_CASES } from './cases/subnet-cases';
import { TUNNEL_CASES } from './cases/tunnel-cases';
import { WHOLE_CASES } from './cases/whole-cases';
import { AppliedNetwork } from './planned-case';

jest.setTimeout(120_000);

const CASES = [
  ...TUNNEL_CASES,
  ...INTERNET_CASES,
  ...SUBNET_CASES,
  ...ROUTE_CASES,
  ...RULE_CASES,
  ...FORWARDING_CASES,
  ...WHOLE_CASES,
];

const HUBS = [...HUB_CASES, ...ATTACHMENT_CASES];

describe.each(ENVIRONMENTS)('changes of %s', (environment) => {
  describeWith('terraform', 'planned by the real Terraform in the sandbox', () => {
    const network = new AppliedNetwork(environment, FILES);
    beforeAll(() => network.apply());
    afterAll(() => network.remove());
    planned(
      network,
      CASES.filter((one) => one.environment === environment),
    );
  });
});

describeWith('terraform', 'changes of hubs and their networks', () => {
  const networks = HUB_ENVIRONMENTS.map((environment) => new AppliedNetwork(environment, HUB_FILES));
  // Each in the cloud of those before it: a network looks up its hub there.
  beforeAll(async () => {
    for (const [index, network] of networks.entries()) await network.apply(networks[index - 1]);
  });
  afterAll(() => Promise.all(networks.map((network) => network.remove())));

  describe.each(networks.map((network) => [network.environment, network] as const))(
    'of %s',
    (environment, network) => {
      planned(
        network,
        HUBS.filter((one) => one.environment === environment),
      );
    },
  );
});

function planned(network: AppliedNetwork, cases: readonly TrafficCase<string>[]): void {
  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_, { changes, says, ...change }) => {
    const { rest, ...planned } = await network.plan(change);
    expect(planned).toEqual({ changes, sentences: says });
    expect(rest).toEqual([]);
  });
}

it('has a case for every row of the table', () => {
  const tried = new Set<string>([...CASES, ...HUBS].flatMap(({ changes }) => changes));
  expect(Object.keys(TRAFFIC).filter((change) => !tried.has(change))).toEqual([]);
});
