import { TRAFFIC } from '../../../../../scripts/kinds/aws/plan/traffic';
import { describeWith } from '../../../../support/programs';
import { ENVIRONMENTS, FILES } from './cases/case';
import { FORWARDING_CASES } from './cases/forwarding-cases';
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

describe.each(ENVIRONMENTS)('changes of %s', (environment) => {
  describeWith('terraform', 'planned by the real Terraform in the sandbox', () => {
    const network = new AppliedNetwork(environment, FILES);
    beforeAll(() => network.apply());
    afterAll(() => network.remove());

    const own = CASES.filter((one) => one.environment === environment);
    it.each(own.map((one) => [one.name, one] as const))('%s', async (_, { changes, says, ...change }) => {
      const { rest, ...planned } = await network.plan(change);
      expect(planned).toEqual({ changes, sentences: says });
      expect(rest).toEqual([]);
    });
  });
});

it('has a case for every row of the table', () => {
  const tried = new Set<string>(CASES.flatMap(({ changes }) => changes));
  expect(Object.keys(TRAFFIC).filter((change) => !tried.has(change))).toEqual([]);
});
