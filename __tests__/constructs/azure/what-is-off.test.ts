import '../../../stacks/fast-tokens';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformVariable } from 'cdktf';
import { Network } from '../../../constructs/azure/network';
import { ResourceGroup } from '../../../constructs/azure/resource-group';
import { SiteConnection } from '../../../constructs/azure/site-connection';
import { VpnGateway } from '../../../constructs/azure/vpn-gateway';
import { PROFILE_POLICIES } from '../../../model/clouds/azure/ipsec-policy';
import { only, synthesized } from '../../support/synthesized';

/** A gateway with one instance and static routes, and a connection with this key. */
const connected = (keyOf: (variable: string) => string) =>
  synthesized((stack) => {
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    const network = new Network(stack, 'Network', {
      resourceGroup: new ResourceGroup(stack, 'Group', { name: 'lab', location: 'japaneast' }),
      name: 'lab',
      cidrs: ['10.4.0.0/16'],
      subnets: { nodes: { name: 'nodes', cidr: '10.4.1.0/24' } },
    });
    const gateway = new VpnGateway(stack, 'Vpn', {
      network,
      name: 'lab-gateway',
      gatewaySubnet: '10.4.255.0/27',
      sku: 'VpnGw1AZ',
      generation: 1,
      zones: [],
      activeActive: false,
    });
    new SiteConnection(stack, 'Site', {
      gateway,
      name: 'lab-site',
      siteAddress: '198.51.100.10',
      siteNetworks: ['10.0.2.0/24'],
      presharedKey: keyOf(
        new TerraformVariable(stack, 'key', { type: 'string', sensitive: true }).stringValue,
      ),
      policy: PROFILE_POLICIES.modern,
      saLifetimeSeconds: 3600,
      saDatasizeKb: 102400000,
      dpdSeconds: 45,
      connectionMode: 'Default',
    });
  });

it('writes out what is off: what is left out keeps what Azure has', () => {
  const synth = connected((key) => key);
  expect(only(synth, 'azurerm_virtual_network_gateway')).toMatchObject({
    enable_bgp: false,
    bgp_settings: {
      asn: 65515,
      peering_addresses: [{ ip_configuration_name: 'instance-1', apipa_addresses: [] }],
    },
  });
  expect(only(synth, 'azurerm_virtual_network_gateway_connection')).toMatchObject({ enable_bgp: false });
  expect(only(synth, 'azurerm_public_ip').lifecycle).toEqual({ create_before_destroy: true });
});
