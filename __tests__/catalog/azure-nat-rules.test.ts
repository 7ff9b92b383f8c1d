import { azureCatalog } from '../fixtures/azure-catalog';
import { textsOf, tryLoad } from './folder-of';

const RULE = '{ mode: EgressSnat, internal: 172.21.1.0/24, external: 10.9.1.0/24 }';
const problemsOf = (vpn: string) => tryLoad({ 'dev.yml': azureCatalog(vpn) }).problems.map(textsOf);

test('NAT rules do not stand beside APIPA addresses, which only BGP has', () => {
  const rules = `sku: VpnGw2AZ, nat_rules: { nodes: ${RULE} }`;
  expect(problemsOf(`{ routing: bgp, ${rules} }`)).toEqual([
    {
      path: 'azure.default.create.vpn.nat_rules',
      message:
        'are not possible with bgp_peering: apipa: Azure translates no addresses where BGP speaks between APIPA addresses',
      fix: 'use bgp_peering: gateway-subnet, or routing: static',
    },
  ]);
  expect(problemsOf(`{ routing: bgp, bgp_peering: gateway-subnet, ${rules} }`)).toEqual([]);
  expect(problemsOf(`{ ${rules} }`)).toEqual([]);
});
