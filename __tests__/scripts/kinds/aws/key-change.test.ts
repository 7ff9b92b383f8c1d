import { changesOnlyKey } from '../../../../scripts/kinds/aws/key-change';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';

const CIDR = '169.254.100.0/30';
/** The provider can swap the numbers: the tunnel is the second one here. */
const CHANGE: ScrubbedChange = {
  address: 'aws_vpn_connection.Vpn_Connection',
  type: 'aws_vpn_connection',
  actions: ['update'],
  replacedBy: [],
  before: { tunnel1_inside_cidr: '169.254.100.4/30', tunnel2_inside_cidr: CIDR },
  after: {},
  changed: ['tunnel2_preshared_key', 'customer_gateway_configuration', 'vgw_telemetry'],
};

it('is only the key where nothing else changes but what follows from it', () => {
  expect(changesOnlyKey(CHANGE, CIDR)).toBe(true);
});

it.each<[string, Partial<ScrubbedChange>]>([
  ["the other tunnel's key", { changed: ['tunnel1_preshared_key'] }],
  ['another option', { changed: ['tunnel2_preshared_key', 'tunnel2_dpd_timeout_seconds'] }],
  ['a replacement', { actions: ['delete', 'create'] }],
  ['another resource', { type: 'aws_customer_gateway' }],
])('is more with %s', (_, change) => {
  expect(changesOnlyKey({ ...CHANGE, ...change }, CIDR)).toBe(false);
});
