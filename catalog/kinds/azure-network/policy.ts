import { type IpsecPolicy, PROFILE_POLICIES } from '../../../model/clouds/azure/ipsec-policy';
import type { Draft } from '../../shape/shape';
import type { VPN_KEYS } from './keys';

/** The policy of a connection: the six names of `ipsec_policy`, else what `crypto` stands for. */
export function ipsecPolicyOf({
  crypto,
  ipsecPolicy,
}: Pick<Draft<typeof VPN_KEYS>, 'crypto' | 'ipsecPolicy'>): IpsecPolicy {
  return { ...PROFILE_POLICIES[crypto], ...ipsecPolicy };
}
