/** Route tables that a transit gateway has unless the quota is raised (Transit Gateways guide, quotas). */
export const MOST_ROUTE_TABLES = 20;

/**
 * With whom a transit gateway can be shared: the id of an account, or the ARN of an organisation or of a unit of one (RAM API
 * reference, AssociateResourceShare).
 */
export const SHARE_PRINCIPAL =
  /^([0-9]{12}|arn:aws(-[a-z]+)*:organizations::[0-9]{12}:(organization\/o-[a-z0-9]{10,32}|ou\/o-[a-z0-9]{10,32}\/ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}))$/;
