import { type Attributes, number, text, texts } from '../provider/attributes';
import { TUNNELS, type Tunnel } from './tunnels';

function element(name: string, content: string | number | readonly string[]): string {
  const body =
    typeof content === 'object' ? `\n${content.join('\n').replace(/^/gm, '  ')}\n` : escaped(String(content));
  return `<${name}>${body}</${name}>`;
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The configuration of one tunnel: the first value of each option, or AWS's default. */
function tunnelElement(connection: Attributes, customer: Attributes, tunnel: Tunnel): string {
  const customerAsn = text(customer, 'bgp_asn') || text(customer, 'bgp_asn_extended');
  const first = (option: string, otherwise: string) =>
    (texts(connection, `${tunnel}_${option}`)[0] ?? otherwise).toLowerCase();
  const seconds = (option: string, otherwise: number) =>
    number(connection, `${tunnel}_${option}`) ?? otherwise;
  const inside = (side: string) => [
    element('ip_address', text(connection, `${tunnel}_${side}_inside_address`)),
    element('network_mask', '255.255.255.252'),
    element('network_cidr', 30),
  ];
  const bgp = (asn: string) => element('bgp', [element('asn', asn), element('hold_time', 30)]);
  const proposal = (phase: 'phase1' | 'phase2', lifetime: number) => [
    element('authentication_protocol', `hmac-${first(`${phase}_integrity_algorithms`, 'SHA1')}-96`),
    element('encryption_protocol', `${first(`${phase}_encryption_algorithms`, 'AES128')}-cbc`),
    element('lifetime', seconds(`${phase}_lifetime_seconds`, lifetime)),
    element('perfect_forward_secrecy', 'group2'),
  ];
  return element('ipsec_tunnel', [
    element('customer_gateway', [
      element('tunnel_outside_address', [element('ip_address', text(customer, 'ip_address'))]),
      element('tunnel_inside_address', inside('cgw')),
      bgp(customerAsn),
    ]),
    element('vpn_gateway', [
      element('tunnel_outside_address', [element('ip_address', text(connection, `${tunnel}_address`))]),
      element('tunnel_inside_address', inside('vgw')),
      bgp(text(connection, `${tunnel}_bgp_asn`)),
    ]),
    element('ike', [
      ...proposal('phase1', 28800),
      element('mode', 'main'),
      element('pre_shared_key', text(connection, `${tunnel}_preshared_key`)),
    ]),
    element('ipsec', [
      element('protocol', 'esp'),
      ...proposal('phase2', 3600),
      element('mode', 'tunnel'),
      element('clear_df_bit', 'true'),
      element('fragmentation_before_encryption', 'true'),
      element('tcp_mss_adjustment', 1379),
      element('dead_peer_detection', [element('interval', 10), element('retries', 3)]),
    ]),
  ]);
}

/** The XML of `customer_gateway_configuration`, from which AWS generates vendors' files. It holds the pre-shared keys. */
export function configurationXml(connection: Attributes, customer: Attributes): string {
  const lines = [
    element('customer_gateway_id', text(connection, 'customer_gateway_id')),
    element('vpn_gateway_id', text(connection, 'vpn_gateway_id')),
    element('vpn_connection_type', text(connection, 'type')),
    element('vpn_connection_attributes', connection.static_routes_only === true ? 'NoBGPVPNConnection' : ''),
    ...TUNNELS.map((tunnel) => tunnelElement(connection, customer, tunnel)),
  ].join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<vpn_connection id="${text(connection, 'id')}">\n${lines.replace(/^/gm, '  ')}\n</vpn_connection>`;
}
