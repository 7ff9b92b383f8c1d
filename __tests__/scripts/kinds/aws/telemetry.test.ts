import { telemetryOf } from '../../../../scripts/kinds/aws/telemetry';

const CONNECTION = {
  id: 'vpn-1',
  // The provider can swap the two: a tunnel is known by its address, never by its number.
  tunnel1_address: '203.0.113.2',
  tunnel1_inside_cidr: '169.254.100.4/30',
  tunnel1_vgw_inside_address: '169.254.100.5',
  tunnel1_preshared_key: 'NobodyShouldSeeThis',
  tunnel2_address: '203.0.113.1',
  tunnel2_inside_cidr: '169.254.100.0/30',
  tunnel2_vgw_inside_address: '169.254.100.1',
  vgw_telemetry: [
    {
      outside_ip_address: '203.0.113.1',
      status: 'UP',
      status_message: '1 BGP ROUTES',
      last_status_change: '2026-01-02T03:04:05Z',
      accepted_route_count: 1,
    },
    { outside_ip_address: '203.0.113.2', status: 'DOWN', status_message: '', last_status_change: '' },
  ],
};

const TYPE = 'aws_vpn_connection';

it('tells each tunnel by its own address, and nothing of its key', () => {
  const tunnels = telemetryOf({ type: TYPE, values: CONNECTION });
  expect(tunnels).toEqual([
    {
      insideCidr: '169.254.100.4/30',
      outsideAddress: '203.0.113.2',
      cloudInsideAddress: '169.254.100.5',
      connection: 'vpn-1',
      status: 'DOWN',
      message: '',
      acceptedRoutes: 0,
    },
    {
      insideCidr: '169.254.100.0/30',
      outsideAddress: '203.0.113.1',
      cloudInsideAddress: '169.254.100.1',
      connection: 'vpn-1',
      status: 'UP',
      message: '1 BGP ROUTES',
      since: '2026-01-02T03:04:05Z',
      acceptedRoutes: 1,
    },
  ]);
  expect(JSON.stringify(tunnels)).not.toContain('NobodyShouldSeeThis');
});

it('says UNKNOWN where the cloud reports nothing', () => {
  const values = { ...CONNECTION, vgw_telemetry: [] };
  expect(telemetryOf({ type: TYPE, values }).map(({ status }) => status)).toEqual(['UNKNOWN', 'UNKNOWN']);
});

it('shows what the cloud says without characters that drive a terminal', () => {
  const report = {
    outside_ip_address: '203.0.113.1',
    status: 'UP\u001b[31m',
    status_message: '\u009b2J 1 route\u202e',
    last_status_change: '2026-01-02 (\u001b[2J)',
  };
  const values = { ...CONNECTION, vgw_telemetry: [report] };
  const [, tunnel] = telemetryOf({ type: TYPE, values });
  expect(tunnel).toMatchObject({ status: 'UP\\u001b[31m', message: '\\u009b2J 1 route\\u202e' });
  expect(Object.values(tunnel ?? {}).join('')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
});

it('finds none in a resource that is no connection', () => {
  expect(telemetryOf({ type: 'aws_vpc', values: CONNECTION })).toEqual([]);
});
