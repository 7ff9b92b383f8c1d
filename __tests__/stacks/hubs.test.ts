import '../../stacks/fast-tokens';
import { hubCatalog } from '../fixtures/hub-catalog';
import { temporaryFolder } from '../support/catalog-folder';
import { expectGolden } from '../support/golden';
import { addresses, type Synthesized } from '../support/synthesized';
import { synthesizedCatalog } from '../support/synthesized-catalog';

function stacksOf(text: string): Readonly<Record<string, Synthesized>> {
  return synthesizedCatalog(temporaryFolder({ 'lab.yml': text }), ['lab']).stacks;
}

const EXISTING = hubCatalog('{ vpn: { routing: static, acceleration: true } }')
  .replace(
    'aws_region: ap-northeast-1, create',
    'aws_region: ap-northeast-1, aws_transit_gateway_id: tgw-0123456789abcdef0, aws_transit_gateway_route_table_id: tgw-rtb-0123456789abcdef0, create',
  )
  .replace(/, route_table: [a-z]+/g, '');

const CASES: Readonly<Record<string, string>> = {
  bgp: hubCatalog(),
  static: hubCatalog("{ route_tables: { dev: {}, prod: {} }, share: ['123456789012'] }"),
  existing: EXISTING,
  'two-gateways': hubCatalog().replace(
    'public_ip: 198.51.100.10',
    'gateways: { east: { public_ip: 198.51.100.10, address: 10.0.2.2 }, west: { public_ip: 198.51.100.11, address: 10.0.2.3 } }',
  ),
};

it.each(Object.entries(CASES))('synthesizes the hub %s and its networks to golden files', (name, text) => {
  for (const [id, stack] of Object.entries(stacksOf(text)))
    expectGolden(`hub-${name}-${id}.golden.json`, `${JSON.stringify(stack, null, 2)}\n`);
});

it('keeps every resource address: a change here replaces real infrastructure', () => {
  const list = Object.entries(CASES).flatMap(([name, text]) =>
    Object.entries(stacksOf(text)).flatMap(([id, stack]) =>
      addresses(stack).map((address) => `${name} ${id} ${address}`),
    ),
  );
  expectGolden('hub-addresses.golden.json', `${JSON.stringify(list, null, 2)}\n`);
});

it('keeps the routes of a network that changes from a VPN to a hub', () => {
  const routes = (text: string) =>
    addresses(stacksOf(text)['lab-aws-default'] ?? { resource: {} }).filter((one) =>
      one.startsWith('aws_route.'),
    );
  const own = hubCatalog().replace('{ gateway: transit, hub: main, route_table: dev }', '{}');
  expect(routes(hubCatalog())).toEqual(['aws_route.Vpn_To-10_0_2_0-24-Private']);
  expect(routes(own)).toEqual(routes(hubCatalog()));
});
