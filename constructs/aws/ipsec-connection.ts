import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { VpnConnection } from '@cdktf/provider-aws/lib/vpn-connection';
import { Construct } from 'constructs';
import { VENDED_LOGS } from '../../model/clouds/aws/logs';
import { type CidrProp, knownCidr } from '../cidr-prop';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { CustomerGateway, type CustomerGatewaySettings, type ICustomerGateway } from './customer-gateway';
import { checkLogGroupName, checkRetention } from './log-group-checks';
import type { SiteToSiteVpnLogs, TunnelProps } from './site-to-site-vpn-props';
import { type Tags, tagsOf } from './tags';
import { type TunnelLogArguments, tunnelArguments } from './tunnel-arguments';
import { tunnelAttribute } from './tunnel-attribute';

/** What an IPsec connection has on any gateway of AWS. */
export interface IpsecConnectionProps {
  readonly name: string;
  readonly customerGateway: CustomerGatewaySettings | ICustomerGateway;
  readonly presharedKeyStorage?: 'Standard' | 'SecretsManager';
  readonly logs?: SiteToSiteVpnLogs;
  readonly tags?: Tags;
}

/** An IPsec connection to one on-premises gateway, whatever its end at AWS is. */
export abstract class IpsecConnection extends Construct {
  abstract readonly connection: VpnConnection;
  protected abstract readonly insideCidrs: readonly string[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    checkCore(this);
  }

  /**
   * AWS's public address of the tunnel with this inside CIDR, known after apply.
   *
   * @throws {@link PropsError} for a CIDR that no tunnel was given
   */
  tunnelAddress(insideCidr: CidrProp): string {
    return tunnelAttribute(this.connection, 'address', this.checkedInsideCidr(insideCidr));
  }

  /**
   * The pre-shared key of the tunnel with this inside CIDR, known after apply. It is sensitive.
   *
   * @throws {@link PropsError} for a CIDR that no tunnel was given
   */
  tunnelPresharedKey(insideCidr: CidrProp): string {
    return tunnelAttribute(this.connection, 'preshared_key', this.checkedInsideCidr(insideCidr));
  }

  protected customerGatewayOf({ name, customerGateway, tags }: IpsecConnectionProps): ICustomerGateway {
    return 'customerGatewayId' in customerGateway
      ? customerGateway
      : new CustomerGateway(this, 'CustomerGateway', { ...customerGateway, name, tags });
  }

  /** AWS delivers only to groups whose name begins with /aws/vendedlogs/ without a resource policy of its own. */
  protected logGroupOf({ name, tags, logs }: IpsecConnectionProps): CloudwatchLogGroup | undefined {
    if (logs === undefined) return undefined;
    const { namePrefix = 'kakehashi', logGroupName = `${VENDED_LOGS}${namePrefix}/${name}/vpn` } = logs;
    checkLogGroupName(this, 'logs.logGroupName', logGroupName);
    checkRetention(this, 'logs.retentionDays', logs.retentionDays);
    return new CloudwatchLogGroup(this, 'Log', {
      name: logGroupName,
      retentionInDays: logs.retentionDays,
      tags: tagsOf(name, tags),
    });
  }

  protected tunnelsOf(
    [first, second]: readonly [TunnelProps, TunnelProps],
    logs: SiteToSiteVpnLogs | undefined,
    group: CloudwatchLogGroup | undefined,
  ): ReturnType<typeof tunnelArguments> {
    const log: TunnelLogArguments | undefined = logs &&
      group && { groupArn: group.arn, format: logs.format, bgp: logs.bgp ?? false };
    return { ...tunnelArguments(1, first, log), ...tunnelArguments(2, second, log) };
  }

  private checkedInsideCidr(insideCidr: CidrProp): string {
    const text = (knownCidr(this, 'insideCidr', insideCidr) ?? insideCidr).toString();
    if (!this.insideCidrs.includes(text)) {
      const given = this.insideCidrs.join(', ') || 'none, because AWS chooses them';
      refuse(this, `insideCidr: must be that of a tunnel (${given}), got ${text}`);
    }
    return text;
  }
}

/** The inside CIDRs that tunnels are given, as text. */
export function insideCidrsOf(tunnels: readonly TunnelProps[]): readonly string[] {
  return tunnels.flatMap(({ insideCidr }) => (insideCidr === undefined ? [] : [insideCidr.toString()]));
}
