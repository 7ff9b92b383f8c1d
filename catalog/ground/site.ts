import type { SiteWithGateways } from '../../model/gateway/site-gateway';

/** The controller's own network, at the on-premises end of every tunnel. Its subnets are sorted. */
export type Site = SiteWithGateways;
