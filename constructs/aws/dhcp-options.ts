import { VpcDhcpOptions } from '@cdktf/provider-aws/lib/vpc-dhcp-options';
import { VpcDhcpOptionsAssociation } from '@cdktf/provider-aws/lib/vpc-dhcp-options-association';
import { Construct } from 'constructs';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';
import type { INetwork } from './imported-network';
import { checkName } from './names';
import { checkTags, type Tags, tagsOf } from './tags';

export interface DhcpOptionsProps {
  readonly network: INetwork;
  /** The tag `Name`: 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  /** Addresses of name servers, at most 4. @default - AWS's own resolver */
  readonly domainNameServers?: readonly string[];
  /** The domain in which nodes look up short names. @default - AWS's own */
  readonly domainName?: string;
  /** Addresses of NTP servers, at most 4. @default - none */
  readonly ntpServers?: readonly string[];
  /** Tags of the options; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

/** AWS's own resolver, by the name that it has in DHCP options. */
const OWN_RESOLVER = 'AmazonProvidedDNS';

/** Amazon VPC user guide, "DHCP option sets". */
const MOST_SERVERS = 4;

/**
 * What nodes of a VPC learn with their addresses. A change makes new options; nodes take them with their next lease.
 *
 * @throws {@link PropsError}
 */
export class DhcpOptions extends Construct {
  readonly options: VpcDhcpOptions;
  readonly association: VpcDhcpOptionsAssociation;

  constructor(scope: Construct, id: string, props: DhcpOptionsProps) {
    super(scope, id);
    checkCore(this);
    const { network, name, domainNameServers = [], domainName, ntpServers = [], tags } = props;
    checkName(this, 'name', name);
    checkTags(this, 'tags', tags);
    for (const [prop, servers] of Object.entries({ domainNameServers, ntpServers }))
      if (isKnown(servers) && servers.length > MOST_SERVERS)
        refuse(this, `${prop}: must be at most ${MOST_SERVERS} addresses, got ${servers.length}`);
    this.options = new VpcDhcpOptions(this, 'Options', {
      domainNameServers: domainNameServers.length > 0 ? [...domainNameServers] : [OWN_RESOLVER],
      ...(domainName === undefined ? {} : { domainName }),
      ...(ntpServers.length > 0 ? { ntpServers: [...ntpServers] } : {}),
      tags: tagsOf(name, tags),
      // The VPC must have the new ones before the old ones can go.
      lifecycle: { createBeforeDestroy: true },
    });
    this.association = new VpcDhcpOptionsAssociation(this, 'Association', {
      vpcId: network.vpcId,
      dhcpOptionsId: this.options.id,
    });
  }
}
