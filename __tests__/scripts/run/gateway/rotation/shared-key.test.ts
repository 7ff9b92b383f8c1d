import { AWS_VPN } from '../../../../../model/clouds/aws/aws-vpn';
import { AZURE_VPN } from '../../../../../model/clouds/azure/azure-vpn';
import type { GatewayConnection } from '../../../../../model/gateway/host';
import type { TunnelDescription } from '../../../../../model/tunnel/description';
import { guardRotation } from '../../../../../scripts/run/gateway/rotation/guard';
import { tunnelsWithKey } from '../../../../../scripts/run/gateway/rotation/requirements';
import { unreported } from '../../../../../scripts/run/gateway/telemetry';

const TUNNEL: TunnelDescription = {
  outside_address: '20.1.2.3',
  cloud_inside_address: '169.254.21.2',
  site_inside_address: '169.254.21.1',
  ike_versions: [2],
  ike: [],
  esp: [],
  lifetimes: { ike_seconds: 28800, esp_seconds: 3600 },
  dpd: { timeout_seconds: 45, action: 'restart' },
  startup: 'site',
};

function connection(cloud: GatewayConnection['cloud'], ...tunnels: readonly string[]) {
  return {
    cloud,
    description: {
      mode: 'route-based' as const,
      routing: 'bgp' as const,
      networks: [],
      cloud_asn: 65515,
      tunnels: Object.fromEntries(tunnels.map((key) => [key, TUNNEL])),
    },
  };
}

describe('tunnels that have one key', () => {
  const azure = connection(AZURE_VPN, '169.254.21.2/32', '169.254.21.3/32', '169.254.21.10/32');

  test.each(['169.254.21.2/32', '169.254.21.3/32', '169.254.21.0/29'])(
    'are all of their connection on Azure, named by %s',
    (named) => {
      expect(tunnelsWithKey(azure, named)).toEqual(['169.254.21.2/32', '169.254.21.3/32']);
    },
  );

  test('are none for a name that no tunnel has, whatever it is', () => {
    for (const named of ['169.254.21.1/32', '169.254.22.0/29', 'default', ''])
      expect(tunnelsWithKey(azure, named)).toEqual([]);
  });

  test('are one where each tunnel has its own', () => {
    const aws = connection(AWS_VPN, '169.254.100.0/30', '169.254.100.4/30');
    expect(tunnelsWithKey(aws, '169.254.100.4/30')).toEqual(['169.254.100.4/30']);
  });
});

test('a rotation of all tunnels at once says that nothing passes in between', () => {
  const { description } = connection(AZURE_VPN, '169.254.21.2/32', '169.254.21.3/32');
  const tunnels = unreported(AZURE_VPN, { 'azure/default': description });
  const guarded = {
    network: 'azure/default',
    insideCidr: '169.254.21.2/32',
    together: ['169.254.21.2/32', '169.254.21.3/32'],
    standby: new Set<string>(),
    tunnels,
    lastRotation: () => '2026-01-02T03:04:05.000Z',
  };
  expect(guardRotation(guarded)).toEqual([
    'azure/default: its 2 tunnels have one key: nothing passes from the change until the gateway has the new key too',
  ]);
});

test('tunnels of which nobody reports the state are unknown', () => {
  const { description } = connection(AZURE_VPN, '169.254.21.2/32');
  expect(unreported(AZURE_VPN, { 'azure/default': description })).toEqual([
    {
      insideCidr: '169.254.21.2/32',
      outsideAddress: '20.1.2.3',
      cloudInsideAddress: '169.254.21.2',
      connection: 'azure/default',
      status: 'UNKNOWN',
      message: '',
      acceptedRoutes: 0,
      ask: 'az network vpn-connection show --resource-group RESOURCE-GROUP --name CONNECTION --query connectionStatus --output tsv',
    },
  ]);
  expect(unreported(AZURE_VPN, undefined)).toEqual([]);
});

test('a tunnel whose state is not reported comes with the command that asks Azure for its connection', () => {
  const { description } = connection(AZURE_VPN, '169.254.21.2/32');
  const named = {
    ...description,
    cloud_connection: { resource_group: 'lab (1)', name: 'lab-azure-default' },
  };
  expect(unreported(AZURE_VPN, { 'azure/default': named }).map(({ ask }) => ask)).toEqual([
    "az network vpn-connection show --resource-group 'lab (1)' --name lab-azure-default --query connectionStatus --output tsv",
  ]);
});

test('a rotation beside connections whose state is not reported does not say that they are down', () => {
  const { description } = connection(AZURE_VPN, '169.254.21.2/32', '169.254.21.10/32');
  const guarded = {
    network: 'azure/default',
    insideCidr: '169.254.21.2/32',
    standby: new Set<string>(),
    tunnels: unreported(AZURE_VPN, { 'azure/default': description }),
    lastRotation: () => undefined,
  };
  expect(guardRotation(guarded)).toEqual([
    'azure/default: whether 169.254.21.10/32 is up is not reported: if not, nothing passes while this one changes its key',
  ]);
});
