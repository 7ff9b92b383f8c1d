import { isAmazonSideAsn, parseAsn } from '../../model/net/asn';
import { parseIpv4 } from '../../model/net/ipv4';
import { parseInsideCidr } from '../../model/tunnel/inside-cidr';
import { optionKey, tunnelOptionProblems } from '../../model/tunnel/options';
import { ValueError } from '../../model/value-error';
import { PropsError } from '../props-error';
import type { SiteToSiteVpnProps } from './site-to-site-vpn';

/**
 * Checks everything that AWS would refuse, each by itself, whatever else is set.
 *
 * @throws {@link PropsError}
 */
export function checkSiteToSiteVpnProps(path: string, props: SiteToSiteVpnProps): void {
  const refuse = (problem: string): never => {
    throw new PropsError(path, problem);
  };
  const check = (prop: string, value: () => unknown): void => {
    try {
      value();
    } catch (error) {
      if (error instanceof ValueError) refuse(`${prop}: ${error.message}`);
      throw error;
    }
  };
  const amazonSideAsn = props.amazonSideAsn ?? 64512;
  const { asn, ipAddress, deviceName } = props.customerGateway;
  if (!/^[A-Za-z0-9_-]{1,50}$/.test(props.name)) {
    refuse(`name: must be 1 to 50 characters of A-Z a-z 0-9 _ -, got ${JSON.stringify(props.name)}`);
  }
  check('customerGateway.ipAddress', () => parseIpv4(ipAddress));
  check('customerGateway.asn', () => parseAsn(asn));
  if (deviceName.length < 1 || deviceName.length > 255) {
    refuse(`customerGateway.deviceName: must have 1 to 255 characters, got ${deviceName.length}`);
  }
  if (!isAmazonSideAsn(amazonSideAsn)) {
    refuse(`amazonSideAsn: must be 64512–65534 or 4200000000–4294967294, got ${amazonSideAsn}`);
  }
  if (amazonSideAsn === asn) {
    refuse(
      `amazonSideAsn: must differ from customerGateway.asn on a virtual private gateway, got ${asn} for both`,
    );
  }
  props.tunnels.forEach((tunnel, index) => {
    const { presharedKey, ...options } = tunnel;
    if (options.insideCidr)
      check(`tunnels[${index}].insideCidr`, () => parseInsideCidr(String(options.insideCidr)));
    for (const { option, message } of tunnelOptionProblems(options))
      refuse(`tunnels[${index}].${option} (${optionKey(option)}): ${message}`);
    if (presharedKey !== undefined && !presharedKey.includes('${')) {
      refuse(
        `tunnels[${index}].presharedKey: must be a Terraform expression, so that no key stands in the configuration`,
      );
    }
  });
  const [first, second] = props.tunnels.map((tunnel) => tunnel.insideCidr);
  if (first && second && first.overlaps(second))
    refuse(`tunnels: must have different inside CIDRs, got ${first} for both`);
  checkRoutes(props, refuse);
}

function checkRoutes(props: SiteToSiteVpnProps, refuse: (problem: string) => never): void {
  if (props.routing === 'static' && props.remoteNetworks.length === 0) {
    refuse('remoteNetworks: must name at least one network for static routing, got none');
  }
  for (const network of props.remoteNetworks) {
    if (network.overlaps(props.vpcCidr))
      refuse(`remoteNetworks: ${network} overlaps the VPC (${props.vpcCidr})`);
  }
  if (new Set(props.remoteNetworks.map(String)).size < props.remoteNetworks.length) {
    refuse(`remoteNetworks: must name each network once, got ${props.remoteNetworks.join(', ')}`);
  }
}
