import { REFUSED_SKUS } from '../../model/clouds/azure/gateway-skus';
import { type Found, type Rule, unseen, violated } from '../rule';
import { flagAt, textAt, UNKNOWN, valueAt } from '../values';
import { AZURE_VPN, isIpsec } from './tunnel-arguments';

export const EXPLICIT_POLICY: Rule = {
  id: 'KKH-VPN-11',
  severity: 'high',
  title: 'A connection of Azure has an IPsec policy of its own',
  reason:
    'Without one, Azure proposes and accepts a long list of algorithms, among them 3DES, SHA-1 and group 2, and the list may change.',
  fix: 'Use crypto or ipsec_policy in the vpn section; in another app write the block ipsec_policy.',
  references: [
    'Azure Policy 50b83b09-03da-41c1-b656-c293c914862b',
    'Azure: IPsec/IKE policies of VPN gateways',
  ],
  types: [AZURE_VPN],
  judge: (resource) => {
    if (!isIpsec(resource)) return [];
    const policy = valueAt(resource.values, 'ipsec_policy');
    if (policy === UNKNOWN) return [unseen('whether it has an IPsec policy is not known', 'ipsec_policy')];
    const isEmpty = policy === undefined || (Array.isArray(policy) && policy.length === 0);
    return isEmpty ? [violated('the connection takes whatever Azure proposes', 'ipsec_policy')] : [];
  },
};

export const ZONE_SKU: Rule = {
  id: 'KKH-VPN-12',
  severity: 'high',
  title: 'A VPN gateway of Azure has a size with availability zones; two active instances are recommended',
  reason:
    'Sizes without zones are retired, and Basic has no custom policy, no BGP and no IKEv2 for several tunnels. With one active instance each maintenance is an outage.',
  fix: 'Write sku: VpnGw1AZ or larger, and active_active: true.',
  references: [
    'PSRule: Azure.VNG.VPNLegacySKU (AZR-000269), AZR-000270, AZR-000272',
    'Azure: VPN gateway SKU consolidation',
  ],
  types: ['azurerm_virtual_network_gateway'],
  judge: ({ values }) => {
    const type = textAt(values, 'type');
    if (type !== undefined && type !== UNKNOWN && type.toLowerCase() !== 'vpn') return [];
    const found: Found[] = [];
    const sku = textAt(values, 'sku');
    if (sku === UNKNOWN) found.push(unseen('its size is not known', 'sku'));
    else if (sku === undefined || !/AZ$/.test(sku)) {
      const successor = REFUSED_SKUS[sku ?? '']?.successor;
      const instead = successor === undefined ? '' : `; ${successor} takes its place`;
      found.push(
        violated(`the gateway's size ${sku ?? '(none)'} has no availability zones${instead}`, 'sku'),
      );
    }
    const active = flagAt(values, 'active_active');
    if (active === UNKNOWN)
      found.push(unseen('whether both instances are active is not known', 'active_active'));
    else if (active !== true)
      found.push(violated('one instance is active: each maintenance is an outage', 'active_active', 'low'));
    return found;
  },
};

export const MANUAL_ACCEPT: Rule = {
  id: 'KKH-VPN-13',
  severity: 'medium',
  title: 'A transit gateway does not accept attachments by itself',
  reason: 'Another account with which it is shared would be in the network without anybody who looks.',
  fix: 'Remove auto_accept: true of the hub.',
  references: ['CKV_AWS_331'],
  types: ['aws_ec2_transit_gateway'],
  judge: ({ values }) => {
    const attribute = 'auto_accept_shared_attachments';
    const accepts = textAt(values, attribute);
    if (accepts === UNKNOWN)
      return [unseen('whether it accepts attachments by itself is not known', attribute)];
    return accepts === 'enable'
      ? [violated('it accepts attachments of other accounts by itself', attribute)]
      : [];
  },
};
